from datetime import datetime

from airflow import DAG
from airflow.decorators import task

KEYWORDS = {"y": [1]}


@task
def numbers():
    return [1, 2, 3]


@task
def add(x, y=0):
    return x + y


@task.bash
def say(word):
    return f"echo {word}"


with DAG("later", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    add.override(task_id="map").expand(x=numbers().map(lambda x: x + 1))
    add.override(task_id="zip").expand(x=numbers().zip(numbers()))
    add.override(task_id="limit", max_active_tis_per_dag=1).expand(x=[1, 2])
    add.override(task_id="index", map_index_template="{{ task.op_kwargs['x'] }}").expand(x=[1])
    begun = add.override(task_id="kept").partial(y=1)
    begun.expand(x=[1, 2])
    add.override(task_id="spread").expand(x=[1], **KEYWORDS)
    say.expand(word=["a", "b"])
