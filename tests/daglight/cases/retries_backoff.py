from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python import PythonOperator


def bad():
    raise ValueError("never")


with DAG("retries_backoff", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    options = {"python_callable": bad, "retry_exponential_backoff": True}
    PythonOperator(task_id="half", retries=3, retry_delay=timedelta(seconds=0.5), **options)
    PythonOperator(task_id="two", retries=2, retry_delay=timedelta(seconds=2), **options)
    PythonOperator(
        task_id="capped",
        retries=3,
        retry_delay=timedelta(seconds=1),
        max_retry_delay=timedelta(seconds=2),
        **options,
    )
    PythonOperator(task_id="plain", retries=2, retry_delay=0.25, python_callable=bad)
