"""Airflow 2 does not await what an `async def` gives."""

from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator


async def fetch():
    return 1


@task
async def load():
    return 2


with DAG("fetching", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="fetch", python_callable=fetch)
    load()
