from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("setup_mapped", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def make(n):
        return n

    @task
    def run(n):
        if n == 2:
            raise ValueError("two")
        return n

    @task
    def drop(n):
        return None

    made = make.expand(n=[1, 2]).as_setup()
    ran = run.expand(n=made)
    dropped = drop.expand(n=made).as_teardown(setups=made)
    ran >> dropped

    @task_group
    def group(n):
        first = make.override(task_id="m")(n).as_setup()
        work = run.override(task_id="r")(first)
        last = drop.override(task_id="d")(first).as_teardown(setups=first)
        work >> last

    group.expand(n=[1, 2])
