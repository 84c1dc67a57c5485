from datetime import datetime

from airflow.sdk import DAG, TaskGroup, task


@task
def numbers(ds):
    return [len(ds), 2, 3]


@task
def double(x: int) -> int:
    return x * 2


@task
def total(values):
    print("total", sum(values))
    return sum(values)


with DAG("doubles", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    with TaskGroup("group"):
        total(double.expand(x=numbers()))
    double.expand_kwargs([{"x": 1}])
