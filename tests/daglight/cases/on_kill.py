# options: {"versions": [3]}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

import time

from airflow.models.baseoperator import BaseOperator


class Slow(BaseOperator):
    def execute(self, context):
        time.sleep(30)

    def on_kill(self):
        with open("killed.txt", "w") as out:
            out.write("killed")


with DAG("on_kill", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Slow(task_id="slow", execution_timeout=timedelta(seconds=1))
