from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.utils.task_group import TaskGroup

with DAG("grouped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    group = TaskGroup("group")
    BashOperator(task_id="say", bash_command="echo hello", task_group=group)
