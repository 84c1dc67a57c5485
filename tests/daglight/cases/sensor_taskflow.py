from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.sensors.base import PokeReturnValue

calls = {}


def count(name):
    calls[name] = calls.get(name, 0) + 1
    return calls[name]


with DAG("sensor_taskflow", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task.sensor(poke_interval=60, timeout=3600, mode="poke")
    def value():
        return PokeReturnValue(is_done=count("value") == 3, xcom_value={"a": 1})

    @task.sensor(poke_interval=60)
    def plain():
        return count("plain") == 2

    @task.sensor(poke_interval=60, timeout=100, soft_fail=True)
    def never():
        return PokeReturnValue(is_done=False)

    @task.sensor
    def number():
        return 7

    @task.sensor
    def with_arguments(x, ds=None):
        print(x, ds)
        return PokeReturnValue(is_done=True, xcom_value=[x, ds])

    @task
    def show(v):
        return v

    show(value())
    plain()
    show.override(task_id="after_never")(never())
    number()
    with_arguments("{{ ds_nodash }}")
    with_arguments.override(task_id="mapped").expand(x=[1, 2])
