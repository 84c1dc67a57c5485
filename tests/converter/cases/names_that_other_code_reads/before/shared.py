import json
import os
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def tell():
    print(TABLE, json.dumps([]))


with DAG("first", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    TABLE = "orders"
    PythonOperator(task_id="tell", python_callable=tell)

with DAG("second", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonOperator(task_id="again", python_callable=print, op_args=[TABLE])


def make():
    def count():
        print(numbers)

    with DAG(
        "third", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
    ) as dag:
        numbers = [1, 2]
        PythonOperator(task_id="count", python_callable=count)
    return dag


third = make()
