from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.sensors.base import BaseSensorOperator, PokeReturnValue
from airflow.sensors.python import PythonSensor

calls = {}


def ready(name, at):
    calls[name] = calls.get(name, 0) + 1
    print(name, calls[name])
    return calls[name] >= at


class Mine(BaseSensorOperator):
    def poke(self, context):
        return PokeReturnValue(ready(self.task_id, 3), {"n": calls[self.task_id]})


with DAG("sensor_poke", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    options = {"python_callable": ready}
    PythonSensor(task_id="at_once", op_args=["at_once", 1], **options)
    PythonSensor(task_id="day", op_args=["day", 25], poke_interval=3600, timeout=86400, **options)
    PythonSensor(
        task_id="delta", op_args=["delta", 3], poke_interval=timedelta(minutes=5), **options
    )
    late = PythonSensor(
        task_id="late", op_args=["late", 99], poke_interval=600, timeout=3600, **options
    )
    late >> EmptyOperator(task_id="after_late")
    soft = PythonSensor(
        task_id="soft",
        op_args=["soft", 99],
        poke_interval=600,
        timeout=3600,
        soft_fail=True,
        **options,
    )
    soft >> EmptyOperator(task_id="after_soft")
    Mine(task_id="mine", poke_interval=1)
    PythonSensor(
        task_id="no_retry",
        op_args=["no_retry", 99],
        poke_interval=60,
        timeout=90,
        retries=2,
        **options,
    )
    PythonSensor(task_id="zero", op_args=["zero", 4], poke_interval=0, **options)
