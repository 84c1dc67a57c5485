from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup


def bad():
    raise ValueError("never")


with DAG("retries_backoff_long", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    options = {"python_callable": bad, "retry_exponential_backoff": True}
    PythonOperator(task_id="minutes", retries=5, retry_delay=timedelta(minutes=5), **options)
    PythonOperator(task_id="hours", retries=6, retry_delay=timedelta(hours=3), **options)
    PythonOperator(
        task_id="capped",
        retries=4,
        retry_delay=300,
        max_retry_delay=timedelta(minutes=20),
        **options,
    )
    PythonOperator(task_id="number_cap", retries=2, retry_delay=3600, max_retry_delay=60, **options)
    PythonOperator(task_id="default", retries=1, python_callable=bad)

    @task(retries=2, retry_delay=timedelta(minutes=1), retry_exponential_backoff=True)
    def mapped(n):
        raise ValueError(str(n))

    mapped.expand(n=[1, 2])
