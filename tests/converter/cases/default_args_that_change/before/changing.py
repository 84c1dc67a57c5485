from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def load():
    print("load")


RETRIES = int("1")
default_args = {"retries": RETRIES}

with DAG("changing", start_date=datetime(2024, 1, 1), schedule=None, default_args=default_args):
    PythonOperator(task_id="load", python_callable=load)

RETRIES = int("3")
