from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

import time

from airflow.sensors.base import BaseSensorOperator

calls = {}


class Sensor(BaseSensorOperator):
    def __init__(self, at, **kwargs):
        super().__init__(**kwargs)
        self.at = at

    def poke(self, context):
        calls[self.task_id] = calls.get(self.task_id, 0) + 1
        return calls[self.task_id] >= self.at


with DAG("sensor_backoff", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    options = {"exponential_backoff": True, "at": 8}
    Sensor(task_id="capped", poke_interval=1, max_wait=timedelta(seconds=1), **options)
    Sensor(task_id="small", poke_interval=0.25, max_wait=1, **options)
