from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("mapped_group_lists", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def pair(x):
        return [x, x + 1]

    @task
    def show(value):
        return value

    @task
    def total(values):
        return [list(v) for v in values]

    @task_group
    def outer(x):
        made = pair(x)
        show(made)
        return made

    total(outer.expand(x=[1, 10]))
