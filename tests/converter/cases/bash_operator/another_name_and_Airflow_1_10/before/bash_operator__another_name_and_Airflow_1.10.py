from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator as Shell

with DAG("shell", start_date=datetime(2024, 1, 1), schedule_interval=None) as dag:
    Shell(task_id="say", bash_command="echo hello")
