from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("shell", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    BashOperator(task_id="say", bash_command="echo hello", outlets=[print])
