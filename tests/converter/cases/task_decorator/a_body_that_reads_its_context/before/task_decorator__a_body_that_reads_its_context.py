from datetime import datetime

from airflow.decorators import dag, task


@task
def day(ds=None):
    return ds


@task
def show(text, **context):
    print(text, context["params"])


@dag(start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False, params={"word": "x"})
def days():
    show(day())


days()
