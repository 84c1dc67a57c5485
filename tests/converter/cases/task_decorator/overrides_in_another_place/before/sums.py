from datetime import datetime

from airflow.decorators import dag, task


@task
def add(x):
    return x + 1


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def sums():
    more = add.override(task_id="more", retries=2)
    print(more)
    more(1)
    add.override(retries=1).override(task_id="twice")(2)
    add.override(task_id="good", retries=1)(3)


sums()
