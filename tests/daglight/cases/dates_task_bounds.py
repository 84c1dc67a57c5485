# options: {"logical_date": "2024-03-05T00:00:00+00:00"}
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("dates_task_bounds", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    EmptyOperator(task_id="now")
    EmptyOperator(task_id="later", start_date=datetime(2024, 6, 1))
    EmptyOperator(task_id="over", end_date=datetime(2024, 2, 1))
    EmptyOperator(task_id="earlier", start_date=datetime(2023, 6, 1))
