from datetime import datetime

from airflow.decorators import dag, task


@task
def add(a, b=1):
    return a + b


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def sums():
    first = add(1)
    second = add.override(task_id="more", retries=1)(first, b=2)
    add(add(second), first)


sums()
