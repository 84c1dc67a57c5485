from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator

with DAG("asked", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    end = EmptyOperator(task_id="end")
    for task in [BashOperator(task_id="say", bash_command="echo"), EmptyOperator(task_id="mark")]:
        if isinstance(task, BashOperator):
            task >> end
