from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("mapped_group_branch_rules", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def end(kind):
        if kind == "f":
            raise ValueError("bad")
        if kind == "k":
            raise AirflowSkipException
        return kind

    @task_group
    def work(kind):
        a = end.override(task_id="a")(kind)
        b = EmptyOperator(task_id="b")
        for rule in (
            "all_failed",
            "all_done",
            "one_success",
            "one_failed",
            "one_done",
            "none_failed",
            "none_failed_min_one_success",
            "none_skipped",
            "all_skipped",
            "always",
        ):
            [a, b] >> EmptyOperator(task_id=rule, trigger_rule=rule)

    work.expand(kind=list("sfk"))
