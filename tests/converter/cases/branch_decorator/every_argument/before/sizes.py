from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.operators.empty import EmptyOperator


@task
def count():
    return 150


@task.branch(
    task_id="size",
    retries=1,
    retry_delay=timedelta(seconds=1),
    execution_timeout=timedelta(minutes=1),
    trigger_rule="none_failed",
    queue="small",
)
def pick(number, names, *, ti=None, **context):
    print(number, ti.task_id, context["params"])
    return names if number > 100 else None


@task
def show(chosen):
    print(chosen)


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False, params={"a": 1})
def sizes():
    number = count()
    size = pick(number, ["large", "show"])
    size >> [EmptyOperator(task_id="large"), EmptyOperator(task_id="small")]
    show(size)
    again = pick.override(task_id="again", retries=0)(number, names="small_too")
    again >> [EmptyOperator(task_id="large_too"), EmptyOperator(task_id="small_too")]


sizes()
