from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.exceptions import AirflowSkipException

with DAG("mapped_map", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def numbers():
        return [1, 2, 3]

    @task
    def letters():
        return ["a", "b"]

    @task
    def show(value):
        return value

    @task
    def gather(values):
        return list(values)

    @task
    def double(n):
        return n * 2

    def no_two(n):
        if n == 2:
            raise AirflowSkipException("two")
        return {"n": n}

    n, l = numbers(), letters()
    show.override(task_id="mapped").expand(value=n.map(lambda v: v + 10))
    show.override(task_id="twice").expand(value=n.map(lambda v: v + 10).map(lambda v: v * 2))
    show.override(task_id="skips").expand(value=n.map(no_two))
    show.override(task_id="zipped").expand(value=n.zip(l).map(lambda v: list(v)))
    show.override(task_id="filled").expand(value=n.zip(l, fillvalue="-").map(lambda v: list(v)))
    show.override(task_id="mapped_output").expand(value=double.expand(n=n).map(lambda v: v + 1))
    gather(n.map(lambda v: v * 100))
    gather(n.zip(l).map(lambda v: list(v)))
    show.override(task_id="zip_of_maps").expand(
        value=n.map(lambda v: str(v)).zip(l.map(lambda v: v.upper())).map(lambda v: list(v))
    )
