from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def push(ti):
    ti.xcom_push(key="a", value=1)


def pull(ti):
    print(ti.xcom_pull(task_ids="push", key=None), ti.xcom_pull(key=None))


with DAG("any_key", start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(task_id="push", python_callable=push) >> PythonOperator(
        task_id="pull", python_callable=pull
    )
