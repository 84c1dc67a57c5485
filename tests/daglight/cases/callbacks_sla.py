from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


with DAG(
    "callbacks_sla",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    sla_miss_callback=lambda *args: open("sla.log", "w"),
) as dag:
    PythonOperator(task_id="a", python_callable=lambda: 1, sla=timedelta(seconds=1))
