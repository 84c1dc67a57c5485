from datetime import datetime

from airflow.decorators import dag, task


@task(map_index_template="x")
def hello():
    print("hello")


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def greet():
    hello()


greet()
