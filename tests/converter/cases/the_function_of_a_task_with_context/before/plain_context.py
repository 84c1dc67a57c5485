from datetime import datetime

from airflow.decorators import dag, task


@task
def day(ds=None):
    return ds


@task
def today(ds=None):
    return day.function(ds)


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def days():
    day()
    today()


days()
