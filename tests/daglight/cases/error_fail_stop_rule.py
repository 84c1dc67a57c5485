# options: {"versions": [2]}
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("error_fail_stop_rule", start_date=datetime(2024, 1, 1), fail_stop=True) as dag:
    EmptyOperator(task_id="a") >> EmptyOperator(task_id="b", trigger_rule="all_done")
