# options: {"versions": [3]}
from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group

with DAG("error_nested_mapped_groups", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def show(value):
        return value

    @task_group
    def inner(v):
        show(v)

    @task_group
    def outer(v):
        inner.expand(v=v)

    outer.expand(v=[[1], [2]])
