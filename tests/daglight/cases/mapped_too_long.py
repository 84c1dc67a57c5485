from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("mapped_too_long", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def many():
        return [0] * 1025

    @task
    def used_otherwise():
        return [0] * 1025

    @task
    def show(value):
        print(value)

    @task
    def count(values):
        return len(values)

    show.expand(value=many())
    count(used_otherwise())
