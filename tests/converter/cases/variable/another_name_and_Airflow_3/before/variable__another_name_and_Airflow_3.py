from datetime import datetime

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG
from airflow.sdk import Variable as Setting


def greet():
    print(Setting.get("name", default="world"))


with DAG("hello", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="greet", python_callable=greet)
