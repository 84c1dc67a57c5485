from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup


def good():
    return 1


def bad():
    raise ValueError("bad")


with DAG("setup_teardown_leaf", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    make = EmptyOperator(task_id="make").as_setup()
    run = PythonOperator(task_id="run", python_callable=bad)
    end = PythonOperator(task_id="end", python_callable=good).as_teardown(
        setups=make, on_failure_fail_dagrun=False
    )
    make >> run >> end
