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


with DAG("setup_only_teardowns", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="a", python_callable=bad).as_teardown()
    EmptyOperator(task_id="b").as_teardown()
