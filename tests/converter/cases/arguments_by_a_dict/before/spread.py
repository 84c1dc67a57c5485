"""Arguments that a dict holds, of this module or another, are the operator's own."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

from settings import SLOW

QUICK = {"retries": 1, "retry_delay": timedelta(seconds=0)}

with DAG("spread", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    first = BashOperator(task_id="first", bash_command="echo first", **QUICK)
    second = BashOperator(task_id="second", **SLOW, **{"bash_command": "echo second"})
    third = BashOperator(task_id="third", bash_command="echo third", **{**QUICK, "retries": 2})
    first >> second >> third
