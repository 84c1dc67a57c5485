from datetime import datetime

from airflow.decorators import dag, task


@task
def double(number):
    return number * 2


@task
def four():
    return double.function(2)


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def numbers():
    double(four())


numbers()
