from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.exceptions import AirflowSensorTimeout
from airflow.sensors.base import BaseSensorOperator

calls = {}


class Sensor(BaseSensorOperator):
    def __init__(self, kinds, **kwargs):
        super().__init__(**kwargs)
        self.kinds = kinds

    def poke(self, context):
        n = calls[self.task_id] = calls.get(self.task_id, 0) + 1
        kind = self.kinds[min(n, len(self.kinds)) - 1]
        print(kind)
        if kind == "ok":
            return True
        if kind == "wait":
            return False
        raise {
            "value": ValueError,
            "fail": AirflowFailException,
            "skip": AirflowSkipException,
            "timeout": AirflowSensorTimeout,
        }[kind](kind)


with DAG("sensor_errors", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name, options in (
        ("plain", {}),
        ("soft", {"soft_fail": True}),
        ("silent", {"silent_fail": True}),
        ("never", {"never_fail": True}),
    ):
        for kind in ("value", "fail", "skip", "timeout"):
            Sensor(
                task_id=f"{name}_{kind}",
                kinds=["wait", kind, "ok"],
                poke_interval=1,
                retries=1,
                retry_delay=timedelta(0),
                **options,
            )
