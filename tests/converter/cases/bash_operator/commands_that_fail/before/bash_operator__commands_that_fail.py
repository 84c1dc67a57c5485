from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("shell", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    first = BashOperator(task_id="first", bash_command="echo one; exit 3")
    second = BashOperator(task_id="second", bash_command="echo never")
    third = BashOperator(task_id="third", bash_command="exit 99", skip_on_exit_code=None)
    first >> second
