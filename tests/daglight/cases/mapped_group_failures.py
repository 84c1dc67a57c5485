from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator

with DAG("mapped_group_failures", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def end(kind):
        if kind == "f":
            raise ValueError("bad")
        if kind == "k":
            raise AirflowSkipException
        return kind

    @task
    def after(value):
        return value

    @task(trigger_rule="all_done")
    def always_after(value):
        return value

    @task_group
    def work(kind):
        ended = end(kind)
        after(ended)
        always_after(ended)
        ended >> EmptyOperator(task_id="cleanup", trigger_rule="none_failed")
        ended >> EmptyOperator(task_id="on_skip", trigger_rule="all_skipped")

    @task
    def kinds():
        return list("sfk")

    group = work.expand(kind=kinds())
    group >> EmptyOperator(task_id="join")
    group >> EmptyOperator(task_id="join_done", trigger_rule="all_done")
    work.override(group_id="none").expand(kind=[]) >> EmptyOperator(task_id="join_none")
