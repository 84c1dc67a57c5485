from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import task


@task(retries=2, retry_delay=timedelta(seconds=0))
def add(x, y, z=0, ti=None):
    print(x, y, z, ti.map_index)
    return x + y + z


@task(multiple_outputs=True)
def split(number):
    return {"half": number / 2, "twice": number * 2}


@task
def show(halves, sums):
    print(list(halves), list(sums))


with DAG("products", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    sums = add.partial(z=1).expand(x=[1, 2], y=(10, 20, 30))
    more = add.override(task_id="more", retries=1, trigger_rule="all_done").partial(y=5).expand(
        x=[7, 8]
    )
    parts = split.expand(number=sums)
    show(parts["half"], more)
