from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator

with DAG("run_state_rescued", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    bad = BashOperator(task_id="bad", bash_command="echo before; exit 3")
    bad >> EmptyOperator(task_id="cleanup", trigger_rule="all_done")
