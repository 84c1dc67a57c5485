from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("setup_add_task", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    make = EmptyOperator(task_id="make").as_setup()
    drop = EmptyOperator(task_id="drop").as_teardown(setups=make)
    before = EmptyOperator(task_id="before")
    with drop as scope:
        scope.add_task(before)
        EmptyOperator(task_id="a")
