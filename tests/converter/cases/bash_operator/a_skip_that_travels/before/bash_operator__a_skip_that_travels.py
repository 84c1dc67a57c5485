from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("shell", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    zero = BashOperator(task_id="zero", bash_command="echo once")
    first = BashOperator(task_id="first", bash_command="exit 99")
    second = BashOperator(task_id="second", bash_command="echo never")
    zero >> first >> second
