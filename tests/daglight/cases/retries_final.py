from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup


def fail():
    raise AirflowFailException("final")


def skip():
    raise AirflowSkipException("skipped")


def leaves():
    import sys

    sys.exit(3)


def late(ti):
    print(ti.try_number, ti.max_tries)
    if ti.try_number == 1:
        raise ValueError("first")
    raise AirflowFailException("second")


with DAG("retries_final", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for function in (fail, skip, leaves, late):
        PythonOperator(
            task_id=function.__name__,
            python_callable=function,
            retries=3,
            retry_delay=timedelta(minutes=10),
        ) >> EmptyOperator(task_id=f"after_{function.__name__}", trigger_rule="none_failed")
