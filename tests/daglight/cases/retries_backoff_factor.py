# options: {"versions": [3]}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup


def bad():
    raise ValueError("never")


with DAG("retries_backoff_factor", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    options = {"python_callable": bad, "retry_delay": timedelta(minutes=1)}
    PythonOperator(task_id="three", retries=4, retry_exponential_backoff=3, **options)
    PythonOperator(task_id="half", retries=4, retry_exponential_backoff=1.5, **options)
    PythonOperator(task_id="one", retries=2, retry_exponential_backoff=1, **options)
    PythonOperator(task_id="off", retries=2, retry_exponential_backoff=0, **options)
