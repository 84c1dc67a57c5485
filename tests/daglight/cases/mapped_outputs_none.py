from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("mapped_outputs_none", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def maybe(n):
        return n if n != 2 else None

    @task
    def show(value):
        return value

    @task
    def gather(values):
        return list(values)

    found = maybe.expand(n=[1, 2, 3])
    gather(found)
    show.expand(value=found)
