from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def show(number):
    return number


LIMIT = 1

with DAG("first", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="show", python_callable=show, op_args=[LIMIT])

LIMIT = 2
