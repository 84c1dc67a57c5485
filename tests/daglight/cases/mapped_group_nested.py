from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group

with DAG("mapped_group_nested", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def add(x, y):
        return x + y

    @task
    def show(values):
        return list(values)

    @task
    def outside():
        return 100

    @task_group
    def inner(v):
        return add(v, 1000)

    @task_group
    def outer(x, y):
        first = add(x, y)
        return inner(first)

    result = outer.partial(y=outside()).expand(x=[1, 2, 3])
    show(result)
