from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("mapped_second_order", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def numbers():
        return [1, 2, 3]

    @task
    def add_one(x):
        return x + 1

    @task
    def pairs(x):
        return [x, x * 10]

    @task
    def total(values):
        return sum(values)

    @task
    def of_index(x, y):
        return [x, y]

    first = add_one.expand(x=numbers())
    second = add_one.expand(x=first)
    total(second)
    of_index.expand(x=first, y=[1, 2])
    total.override(task_id="sums").expand(values=pairs.expand(x=first))
