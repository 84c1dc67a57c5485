from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.empty import EmptyOperator

with DAG("mapped_empty", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def nothing():
        return []

    @task
    def show(value):
        return value

    @task
    def gather(values):
        return list(values)

    @task(trigger_rule="all_done")
    def anyway(values):
        return list(values or [])

    empty = show.expand(value=nothing())
    gather(empty)
    anyway(empty)
    show.override(task_id="literal").expand(value=[])
    show.override(task_id="product", trigger_rule="none_failed").expand(value=empty)
    empty >> EmptyOperator(task_id="none_failed", trigger_rule="none_failed")
    empty >> EmptyOperator(task_id="all_skipped", trigger_rule="all_skipped")
