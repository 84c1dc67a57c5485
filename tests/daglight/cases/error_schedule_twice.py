from datetime import datetime

from airflow import DAG

with DAG(
    "error_schedule_twice",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    schedule_interval="@daily",
) as dag:
    pass
