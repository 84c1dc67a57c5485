from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator
from airflow.sensors.python import PythonSensor


def fail():
    raise ValueError("poked")


def skip():
    raise AirflowSkipException("not today")


soon = {"poke_interval": 0.1, "timeout": 0.3}

with DAG("never", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    fails = PythonSensor(
        task_id="fails",
        python_callable=lambda: False,
        retries=2,
        retry_delay=timedelta(0),
        **soon,
    )
    skips = PythonSensor(
        task_id="skips", python_callable=lambda: 0, soft_fail=True, **soon
    )
    breaks = PythonSensor(
        task_id="breaks",
        python_callable=fail,
        retries=1,
        retry_delay=timedelta(0),
        **soon,
    )
    silent = PythonSensor(
        task_id="silent", python_callable=fail, silent_fail=True, **soon
    )
    never = PythonSensor(task_id="never", python_callable=fail, never_fail=True, **soon)
    skipped = PythonSensor(task_id="skipped", python_callable=skip, **soon)
    for sensor in (fails, skips):
        sensor >> EmptyOperator(task_id=f"after_{sensor.task_id}")
