from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator

with DAG("run_state_failed", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    bad = BashOperator(task_id="bad", bash_command="exit 3")
    bad >> EmptyOperator(task_id="middle") >> EmptyOperator(task_id="end")
    EmptyOperator(task_id="alone")
