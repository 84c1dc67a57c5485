from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup


def note(context):
    ti = context["ti"]
    with open(f"{ti.task_id}.txt", "a") as out:
        out.write(f"{ti.task_id} {ti.map_index}\n")


with DAG("mapped_callbacks", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task(on_success_callback=note, on_failure_callback=note)
    def work(n):
        if n == 1:
            raise ValueError("one")
        return n

    work.expand(n=[1])
    work.override(task_id="good").expand(n=[2])
