from datetime import datetime
from functools import partial

from airflow import DAG
from airflow.sensors.python import PythonSensor


def ready(name="a"):
    return name


with DAG("refused", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonSensor(task_id="one", python_callable=partial(ready, "a"))
    PythonSensor(task_id="two", python_callable=ready, deferrable=True)
    PythonSensor(task_id="three", python_callable=ready, mode="sleep")
    PythonSensor(task_id="four", python_callable=ready, op_args=["{{ try_number }}"])
