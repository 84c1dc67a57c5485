# options: {"versions": [3]}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("taskflow_async", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    async def waits(n):
        import asyncio

        await asyncio.sleep(0)
        print("awaited", n)
        return n + 1

    @task
    def show(v):
        return v

    async def plain():
        return 5

    show(waits(1))
    waits.override(task_id="mapped").expand(n=[1, 2])
    PythonOperator(task_id="classic", python_callable=plain)
