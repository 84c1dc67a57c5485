from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.exceptions import AirflowSkipException

with DAG("mapped_upstream_bad", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def fails():
        raise ValueError("no list")

    @task
    def skips():
        raise AirflowSkipException

    @task
    def none():
        return None

    @task
    def text():
        return "abc"

    @task
    def number():
        return 7

    @task(trigger_rule="all_done")
    def late(value):
        return value

    @task
    def show(value):
        return value

    for one in (fails, skips, none, text, number):
        show.override(task_id=f"after_{one.function.__name__}").expand(value=one())
