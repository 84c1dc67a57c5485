# options: {"versions": [3]}
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("error_fail_fast_rule", start_date=datetime(2024, 1, 1), fail_fast=True) as dag:
    EmptyOperator(task_id="a") >> EmptyOperator(task_id="b", trigger_rule="all_done")
