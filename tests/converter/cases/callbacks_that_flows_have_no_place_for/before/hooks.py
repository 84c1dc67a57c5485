"""Prefect calls nothing back between two tries."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("hooks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    BashOperator(
        task_id="tries", bash_command="echo", on_retry_callback=print, on_skipped_callback=print
    )
