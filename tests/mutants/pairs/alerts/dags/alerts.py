from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def page(context):
    print("paged")


def close_ticket(context):
    print("closed")


def fine():
    return "ok"


def broken():
    raise KeyError("customer")


with DAG(
    "alerts", start_date=datetime(2023, 1, 1), schedule=None, on_failure_callback=close_ticket
) as dag:
    first = PythonOperator(task_id="fine", python_callable=fine, on_failure_callback=page)
    second = PythonOperator(task_id="broken", python_callable=broken, on_failure_callback=page)
    first >> second
