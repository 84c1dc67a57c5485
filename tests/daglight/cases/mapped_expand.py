from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("mapped_expand", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def numbers():
        return [3, 1, 2]

    @task
    def mapping():
        return {"a": 1, "b": 2}

    @task
    def double(n):
        print("double", n)
        return n * 2

    @task
    def add(x, y, z=0):
        return [x, y, z]

    @task
    def total(values):
        return sum(values)

    @task
    def show(pair):
        return list(pair)

    @task
    def each(value):
        return [str(value)]

    @task
    def gather(values):
        return list(values)

    found = double.expand(n=numbers())
    total(found)
    gather(each.expand(value=found))
    add.expand(x=[1, 2], y=["a", "b", "c"])
    add.partial(z=9).expand(x=numbers(), y=[10, 20])
    show.expand(pair={"k": 1, "l": 2})
    show.override(task_id="show_xcom").expand(pair=mapping())
    double.override(task_id="literal").expand(n=[5])
    double.override(task_id="tuple_input").expand(n=(5, 6))
