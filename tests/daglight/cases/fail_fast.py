# options: {"versions": [3]}
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def fail():
    raise ValueError("no")


with DAG("fail_fast", start_date=datetime(2024, 1, 1), schedule=None, fail_fast=True) as dag:
    first = EmptyOperator(task_id="first")
    wrong = PythonOperator(task_id="wrong", python_callable=fail, retries=0)
    beside = EmptyOperator(task_id="beside")
    after_wrong = EmptyOperator(task_id="after_wrong")
    after_beside = EmptyOperator(task_id="after_beside")
    last = EmptyOperator(task_id="last")
    clean = EmptyOperator(task_id="clean")
    first >> [wrong, beside]
    wrong >> after_wrong >> last
    beside >> after_beside >> last
    last >> clean.as_teardown(setups=first)
