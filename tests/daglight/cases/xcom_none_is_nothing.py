# options: {"versions": [2, 3]}
from datetime import datetime

from airflow.decorators import dag, task


@task
def push(ti=None):
    ti.xcom_push(key="nothing", value=None)
    ti.xcom_push(key="something", value=0)


@task
def take(value):
    return [value]


@task(trigger_rule="all_done")
def pull(ti=None):
    by_index = {"task_ids": "push", "key": "nothing", "default": "default"}
    print(ti.xcom_pull(**by_index))
    print(ti.xcom_pull(**by_index, map_indexes=-1))
    print(list(ti.xcom_pull(**by_index, map_indexes=[-1])))
    return ti.xcom_pull(task_ids="push", key="something", default=1, map_indexes=-1)


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def xcom_none_is_nothing():
    pushed = push()
    [take(pushed["nothing"]), take(pushed["something"]), take(pushed)] >> pull()


xcom_none_is_nothing()
