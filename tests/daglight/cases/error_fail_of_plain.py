from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("error_fail_of_plain", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    setattr(EmptyOperator(task_id="x"), "on_failure_fail_dagrun", True)
