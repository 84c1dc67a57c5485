from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group

with DAG("mapped_group", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def numbers():
        return [1, 2, 3]

    @task
    def add(x, y):
        return x + y

    @task
    def double(x):
        print("double", x)
        return x * 2

    @task
    def total(values):
        return sum(values)

    @task
    def lone(ti=None):
        return ti.map_index

    @task_group
    def work(x, y):
        lone()
        return double(add(x, y))

    @task_group(group_id="kw")
    def with_kwargs(a, b="B"):
        return add.override(task_id="join")(a, b)

    total(work.partial(y=10).expand(x=numbers()))
    with_kwargs.expand_kwargs([{"a": "x", "b": "y"}, {"a": "p", "b": "q"}])
    (
        work.override(group_id="product").expand(x=[1, 2], y=[10, 20])
        >> lone.override(task_id="after")()
    )
