"""Empty tasks mark where work starts, meets and ends."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator

with DAG("joins", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    start = EmptyOperator(task_id="start")
    left = BashOperator(task_id="left", bash_command="echo left")
    right = BashOperator(task_id="right", bash_command="echo right")
    join = EmptyOperator(task_id="join")
    end = EmptyOperator(task_id="end")

    start >> [left, right] >> join >> end
