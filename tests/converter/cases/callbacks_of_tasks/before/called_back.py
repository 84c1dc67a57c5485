"""What is called back before a try, after a success and after a failure."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

from alerts import DEFAULTS


def begins(context):
    print("begins", context["ti"].task_id, context["ds"])


def works(context):
    print("works", context["task_instance"].task_id)


def fail():
    raise ValueError("no")


with DAG(
    "called_back", start_date=datetime(2024, 1, 1), schedule=None, catchup=False, default_args=DEFAULTS
) as dag:
    PythonOperator(
        task_id="fails",
        python_callable=fail,
        retries=1,
        retry_delay=timedelta(seconds=0),
        on_execute_callback=begins,
        on_success_callback=works,
    )
    BashOperator(task_id="says", bash_command="echo said", on_execute_callback=[begins])
    BashOperator(task_id="quiet", bash_command="echo quiet", on_success_callback=None, on_failure_callback=[])
