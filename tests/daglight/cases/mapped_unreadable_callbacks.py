from datetime import datetime

from airflow import DAG
from airflow.decorators import task


def called(context):
    ti = context["ti"]
    with open(f"{ti.task_id}.txt", "a") as out:
        out.write(f"{ti.task_id} {ti.map_index} {ti.try_number}\n")


def same(one):
    return one


def broken(one):
    raise ValueError(f"no {one}")


calls = {"on_failure_callback": called, "on_execute_callback": called}


@task
def makes():
    return {"a": 1, "b": 2}


@task(**calls)
def reads(item):
    return item


@task(**calls)
def fails(item):
    raise ValueError(item)


with DAG("mapped_unreadable_callbacks", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    made = makes()
    reads.override(task_id="of_dict").expand(item=made.map(same))
    reads.override(task_id="changed").expand(item=made.map(broken))
    fails.expand(item=[1])
