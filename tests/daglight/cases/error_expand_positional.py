from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group

with DAG("error_expand_positional", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def show(value):
        return value

    @task
    def two(a, b):
        return [a, b]

    @task_group
    def group(v):
        show.expand(value=[v])

    show.expand([1])
