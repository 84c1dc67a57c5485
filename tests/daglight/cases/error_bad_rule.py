from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("error_bad_rule", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    EmptyOperator(task_id="a", trigger_rule="sometimes")
