from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("mapped_concat", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def numbers():
        return [1, 2, 3]

    @task
    def letters():
        return ["a", "b"]

    @task
    def nothing():
        return []

    @task
    def show(value):
        return value

    @task
    def gather(values):
        return list(values)

    show.override(task_id="two").expand(value=numbers().concat(letters()))
    show.override(task_id="three").expand(value=numbers().concat(nothing(), letters()))
    show.override(task_id="mapped").expand(value=numbers().concat(letters()).map(lambda v: str(v)))
    gather(numbers().concat(letters()))
