from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.empty import EmptyOperator

with DAG("mapped_branch", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task.branch
    def choose():
        return "left"

    @task
    def left(n):
        return n

    @task
    def right(n):
        return n

    @task.short_circuit
    def stop():
        return False

    @task
    def after(n):
        return n

    @task(trigger_rule="none_failed_min_one_success")
    def join(a, b):
        return [list(a or []), list(b or [])]

    l, r = left.expand(n=[1, 2]), right.expand(n=[1, 2])
    choose() >> [l, r]
    join(l, r)
    stop() >> after.expand(n=[1, 2]) >> EmptyOperator(task_id="end")
