from datetime import datetime

from airflow.decorators import dag, task, task_group
from airflow.operators.empty import EmptyOperator


@task
def numbers():
    return [1, 2]


@task
def total(values):
    return sum(values)


@task
def show(value):
    print(value)


@task_group(default_args={"retries": 1})
def sums(values):
    """Sums."""
    return total(values)


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def grouped():
    @task_group(group_id="inner", tooltip="shown")
    def inner(count):
        EmptyOperator(task_id="begin") >> show(count)

    first = sums(numbers())
    second = sums([3, 4])
    [first, second] >> inner(first) >> EmptyOperator(task_id="end")


grouped()
