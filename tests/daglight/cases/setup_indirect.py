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


with DAG("setup_indirect", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name, first in (("fails", bad), ("skips", skip)):
        with TaskGroup(name):
            make = PythonOperator(task_id="make", python_callable=first).as_setup()
            a = EmptyOperator(task_id="a")
            b = EmptyOperator(task_id="b", trigger_rule="all_done")
            c = EmptyOperator(task_id="c", trigger_rule="always")
            drop = EmptyOperator(task_id="drop").as_teardown(setups=make)
            out = EmptyOperator(task_id="out", trigger_rule="all_done")
            make >> a >> b >> c >> drop >> out
            drop >> EmptyOperator(task_id="out_plain")
