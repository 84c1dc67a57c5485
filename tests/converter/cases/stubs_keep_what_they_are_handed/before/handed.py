from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.models.xcom_arg import XComArg
from company.operators import Load


@task
def rows():
    return [1]


@task.kubernetes(image="python:3.11")
def heavy(found):
    return found


@task
def last(found):
    return found


with DAG("in_order", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    first = rows()
    second = rows()
    Load(task_id="load", sources={"a": first, "b": [second]})

with DAG("nested", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    last(heavy(rows()))
    third = rows()
    last(Load(task_id="load", sources=[rows(), third["k"]], more=XComArg(third)).output)
    last.expand(found=rows())
    Load.partial(task_id="each", first=third).expand(one=[last(row) for row in [third]])
