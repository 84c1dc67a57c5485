"""With `multiple_outputs` a result without strings as keys fails its task in Airflow."""

from datetime import datetime

from airflow.decorators import dag, task


@task
def numbers() -> dict:
    return {1: "one"}


@task(multiple_outputs=True)
def listed():
    rows = [1, 2]
    return rows


@task(multiple_outputs=False)
def not_split() -> dict:
    return {1: "one"}


@task
def nested() -> dict:
    return {"inner": {1: "one"}}


@task
def nothing() -> dict:
    return None


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def results():
    numbers()
    listed()
    not_split()
    nested()
    nothing()


results()
