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


def skip():
    raise AirflowSkipException


with DAG("setup_basic", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name, first, work in (
        ("ok", None, None),
        ("work_fails", None, bad),
        ("work_skips", None, skip),
        ("setup_fails", bad, None),
        ("setup_skips", skip, None),
    ):
        with TaskGroup(name):
            make = PythonOperator(task_id="make", python_callable=first or (lambda: 1)).as_setup()
            run = PythonOperator(task_id="run", python_callable=work or (lambda: 2))
            end = EmptyOperator(task_id="end").as_teardown(setups=make)
            make >> run >> end
            run >> EmptyOperator(task_id="next")
