from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup

with DAG("grouped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    with TaskGroup("outer") as outer:
        EmptyOperator(task_id="one")
    with TaskGroup("inner", parent_group=outer):
        EmptyOperator(task_id="two")
