from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("groups_returns", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def say(v):
        return v

    @task_group
    def many(v):
        return say(v), say(v + 1)

    @task_group(group_id="g", tooltip="t")
    def inner(v):
        return say(v)

    @task_group
    def outer(v):
        found = inner(v)
        return inner.override(group_id="again")(found)

    a, b = many(1)
    say.override(task_id="sum")([a, b])
    result = outer(5)
    say.override(task_id="shown")(result)

    @task_group
    def nothing():
        say(1)

    say.override(task_id="start")(0) >> nothing() >> nothing() >> say.override(task_id="end")(9)
    say.override(task_id="before")(0) >> outer.override(group_id="third")(6)
