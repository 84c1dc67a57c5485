from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator

with DAG("shell", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    BashOperator(task_id="bash", bash_command="echo 1")
    EmptyOperator(task_id="task")
