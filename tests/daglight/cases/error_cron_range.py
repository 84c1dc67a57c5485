from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("error_cron_range", start_date=datetime(2024, 1, 1), schedule="61 * * * *") as dag:
    EmptyOperator(task_id="a")
