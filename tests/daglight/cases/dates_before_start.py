# options: {"logical_date": "2023-12-01T00:00:00+00:00"}
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("dates_before_start", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    EmptyOperator(task_id="a")
