import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.utils.task_group import TaskGroup

with DAG("grouped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    with TaskGroup("group", default_args=dict(os.environ)):
        BashOperator(task_id="say", bash_command="echo hello")
    for tries in (1, 2):
        with TaskGroup(f"tries_{tries}", default_args={"retries": tries}):
            BashOperator(task_id="say", bash_command="echo hello")
