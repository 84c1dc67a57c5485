"""A flow run knows nothing of the run before it."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

args = {"depends_on_past": True}

with DAG("past", start_date=datetime(2024, 1, 1), schedule=None, catchup=False, default_args=args) as dag:
    BashOperator(task_id="first", bash_command="echo first", wait_for_downstream=False)
    BashOperator(task_id="second", bash_command="echo second", depends_on_past=False)
    BashOperator(task_id="third", bash_command="echo", depends_on_past=False, wait_for_downstream=True)
