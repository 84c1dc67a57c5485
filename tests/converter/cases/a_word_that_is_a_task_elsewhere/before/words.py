"""A string that holds a task's name hands nothing on: the edge stays."""

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def work(given=None, name="first"):
    return given


with DAG("words", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    first = PythonOperator(task_id="first", python_callable=work)
    b = PythonOperator(task_id="b", python_callable=work)
    c = PythonOperator(
        task_id="c", python_callable=work, op_args=[{"after": "first"}]
    )
    first >> c
    b >> c
