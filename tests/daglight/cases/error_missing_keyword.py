from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("error_missing_keyword", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    BashOperator(task_id="a")
