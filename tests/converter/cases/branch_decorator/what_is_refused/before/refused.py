from datetime import datetime

from airflow.decorators import dag, task


@task.branch(multiple_outputs=True)
def pick():
    return "a"


@task.branch
def mapped(name):
    return name


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def refused():
    pick()
    mapped("pick")


refused()
