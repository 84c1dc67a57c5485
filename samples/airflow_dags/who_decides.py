"""`default_args` hold for every task that does not say otherwise."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python import PythonOperator


def fail():
    raise ValueError("no luck")


default_args = {
    "owner": "data",
    "depends_on_past": False,
    "email_on_failure": False,
    "retries": 1,
    "retry_delay": timedelta(seconds=0.1),
}

with DAG(
    "who_decides",
    default_args=default_args,
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
) as dag:
    by_default = PythonOperator(task_id="by_default", python_callable=fail)
    more = PythonOperator(task_id="more", python_callable=fail, retries=2)
    none = PythonOperator(task_id="none", python_callable=fail, retries=0)
