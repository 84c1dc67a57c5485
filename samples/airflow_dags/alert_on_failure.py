"""A task that keeps failing is tried again, and then somebody is told."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python import PythonOperator


def tell_somebody(context):
    print(f"{context['ti'].task_id} failed: {context['exception']}")


def unreliable():
    print("trying")
    raise RuntimeError("the service is away")


def carry_on():
    return "done"


with DAG(
    "alert_on_failure",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
) as dag:
    call = PythonOperator(
        task_id="call_service",
        python_callable=unreliable,
        retries=2,
        retry_delay=timedelta(seconds=0.1),
        on_failure_callback=tell_somebody,
    )
    other = PythonOperator(task_id="carry_on", python_callable=carry_on)
