from datetime import datetime

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG


def filled(partition_key="all"):
    return partition_key


with DAG("three", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonOperator(task_id="filled", python_callable=filled)
    PythonOperator(task_id="given", python_callable=filled, op_kwargs={"partition_key": "one"})
