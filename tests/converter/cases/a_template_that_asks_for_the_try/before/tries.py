from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def work(x):
    return x


with DAG("tries", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonOperator(
        task_id="a",
        python_callable=work,
        op_kwargs={"x": "{{ ti.try_number }}"},
        retries=2,
    )
    BashOperator(task_id="b", bash_command="echo {{ ti.try_number }}", retries=1)
    PythonOperator(task_id="c", python_callable=work, op_kwargs={"x": "{{ ds }}"})
