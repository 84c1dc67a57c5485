from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("mapped_group_result_mapped", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def add(x, y):
        return x + y

    @task_group
    def outer(x):
        return add(x, 1)

    add.override(task_id="last").expand(x=outer.expand(x=[1, 2, 3]), y=[1])
