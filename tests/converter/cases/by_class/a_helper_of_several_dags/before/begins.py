from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator

A = {"start_date": datetime(2024, 1, 1), "schedule": None, "catchup": False}


def again(ti):
    if ti.try_number < 3:
        raise ValueError("again")


def begin():
    first = EmptyOperator(task_id="begin")
    first >> PythonOperator(task_id="again", python_callable=again)


with DAG("one", default_args={"retries": 1, "retry_delay": timedelta(0)}, **A):
    begin()

with DAG("two", default_args={"retries": 2, "retry_delay": timedelta(0)}, **A):
    begin()
