# options: {"sync": true}
from datetime import datetime

from airflow.decorators import dag, task

try:
    from airflow.sdk import Asset as Dataset
except ImportError:
    from airflow.datasets import Dataset


@dag(start_date=datetime(2024, 1, 1), schedule=None)
def datasets_of_taskflow():
    @task(outlets=[Dataset("s3://bucket/a")])
    def make(**context):
        return [one.uri for one in context["outlets"]]

    @task(inlets=[Dataset("s3://bucket/a")])
    def use(value):
        return value

    use(make())


datasets_of_taskflow()
