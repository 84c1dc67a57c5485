from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup


def bad():
    raise ValueError("bad")


with DAG("rule_order", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = PythonOperator(task_id="a", python_callable=bad)
    b = EmptyOperator(task_id="b")
    c = EmptyOperator(task_id="c")
    a >> b >> c
    for rule in (
        "all_success",
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
        "none_failed_or_skipped",
        "dummy",
    ):
        if rule in ("none_failed_or_skipped", "dummy"):
            continue
        (
            [a, b, c]
            >> EmptyOperator(task_id=rule, trigger_rule=rule)
            >> EmptyOperator(task_id=f"{rule}_next")
        )
