import datetime

from airflow import sdk
from airflow.providers.standard.operators import python as operators


def hello():
    print("hello")


with sdk.DAG("greet", start_date=datetime.datetime(2024, 1, 1), schedule=None, catchup=False):
    operators.PythonOperator(task_id="hello", python_callable=hello)
