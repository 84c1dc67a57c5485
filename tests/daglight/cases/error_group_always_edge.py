from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group


@task
def makes():
    return [1, 2]


@task(trigger_rule="always")
def always(item):
    return item


@task_group
def each(item):
    always(item)


with DAG("error_group_always_edge", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    makes() >> each.expand(item=[1])
