from datetime import datetime

from airflow.decorators import dag, task


@task
def double(x):
    return x * 2


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def doubles():
    double.expand(x=[1, 2, 3])


doubles()
