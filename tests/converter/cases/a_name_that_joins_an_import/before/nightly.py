from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator
from common.defaults import defaults


def load():
    print(defaults("data")["owner"])


with DAG("nightly", start_date=datetime(2024, 1, 1), schedule=None, default_args=defaults("data")):
    PythonOperator(task_id="load", python_callable=load)
