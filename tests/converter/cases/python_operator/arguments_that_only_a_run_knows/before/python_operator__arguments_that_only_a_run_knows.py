import json
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

options = json.loads('{"retries": 1}')


def hello():
    print("hello")


with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="hello", python_callable=hello, dag=dag, **options)
