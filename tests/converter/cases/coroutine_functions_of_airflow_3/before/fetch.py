"""Airflow 3 awaits what an `async def` gives, and so does Prefect."""

import asyncio
from datetime import datetime

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, task


async def fetch(n):
    await asyncio.sleep(0)
    print("fetched", n)
    return n


@task
async def load(n):
    print("loaded", n)
    return n + 1


with DAG("fetching", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    first = PythonOperator(task_id="fetch", python_callable=fetch, op_args=[1])
    first >> load(2)
