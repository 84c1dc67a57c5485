from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def first(ti):
    print(ti.task_id)


def second(ti):
    print(ti.operator)


with DAG("looped", start_date=datetime(2024, 1, 1), schedule=None):
    for work in (first, second):
        PythonOperator(task_id=work.__name__, python_callable=work)
