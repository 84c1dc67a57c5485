from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.exceptions import AirflowSkipException

with DAG("mapped_over_bad_whatever_rule", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def skips():
        raise AirflowSkipException

    @task
    def fails():
        raise ValueError("no")

    @task
    def none(n):
        return n

    @task
    def show(value):
        print(value)

    # The rules would let them run; what they are mapped over does not.
    for source in (skips, fails):
        name = source.function.__name__
        for rule in ("all_done", "none_failed", "one_done", "one_failed"):
            given = source.override(task_id=f"{name}_for_{rule}")()
            show.override(task_id=f"{name}_{rule}", trigger_rule=rule).expand(value=given)
    empty = none.expand(n=[])
    show.override(task_id="empty_all_done", trigger_rule="all_done").expand(value=empty)
