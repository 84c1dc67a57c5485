"""A template that cannot be rendered fails its own task; the others run."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def show(text):
    print(text)


with DAG("failing", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    BashOperator(task_id="before", bash_command="echo before")
    BashOperator(task_id="table", bash_command="echo {{ dag_run.conf['table'] }}")
    BashOperator(task_id="behind", bash_command="echo behind")

with DAG("failing_chain", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    one = PythonOperator(
        task_id="one", python_callable=show, op_kwargs={"text": "{{ params.none }}"}, retries=1, retry_delay=0
    )
    two = PythonOperator(task_id="two", python_callable=show, op_args=["two"])
    one >> two

with DAG("safe", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    day = BashOperator(task_id="day", bash_command="echo {{ macros.ds_add(ds, -1) }} {{ ds[:4] }}")
    month = BashOperator(task_id="month", bash_command="echo {{ logical_date.strftime('%B') | upper }}")
