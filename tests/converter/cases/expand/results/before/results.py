from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

WORDS = ["a", "b"]


@task
def numbers():
    return [1, 2, 3]


@task
def nothing():
    return []


@task
def names():
    return {"one": 1, "two": 2}


@task
def double(x):
    return x * 2


@task
def pair(word, number):
    return f"{word}{number}"


@task(trigger_rule="all_done")
def total(values):
    return sum(values)


@task
def show(ti):
    print(list(ti.xcom_pull(task_ids="group.double")))


with DAG("results", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    with TaskGroup("group") as group:
        doubled = double.expand(x=numbers())
    group >> show()
    total(double.expand(x=doubled))
    pair.expand(word=WORDS, number=doubled)
    pair.partial(number=2).expand(word=names())
    total(double.override(task_id="no_run").expand(x=nothing()))
    listed = PythonOperator(task_id="listed", python_callable=lambda: [5, 6])
    double.override(task_id="of_an_operator").expand(x=listed.output)
    for word in WORDS:
        pair.override(task_id=f"pair_{word}").partial(word=word).expand(number=[1, 2])
