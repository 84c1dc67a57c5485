from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.sensors.python import PythonSensor

calls = {}


def ready(name, at, ti):
    import os

    with open(f"{name}.txt", "a") as out:
        out.write("x")
    print(name, os.path.getsize(f"{name}.txt"), ti.try_number)
    return os.path.getsize(f"{name}.txt") >= at


with DAG("sensor_reschedule", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    options = {"python_callable": ready, "mode": "reschedule"}
    PythonSensor(task_id="day", op_args=["day", 5], poke_interval=21600, timeout=86400, **options)
    late = PythonSensor(
        task_id="late", op_args=["late", 99], poke_interval=1000, timeout=3600, **options
    )
    late >> EmptyOperator(task_id="after")
    PythonSensor(
        task_id="soft",
        op_args=["soft", 99],
        poke_interval=1000,
        timeout=3600,
        soft_fail=True,
        **options,
    )
