from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("error_teardown_task_rule", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @teardown
    @task(trigger_rule="all_done")
    def drop():
        pass

    drop()
