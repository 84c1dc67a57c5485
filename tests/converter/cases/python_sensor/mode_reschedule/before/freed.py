from datetime import datetime, timedelta

from airflow import DAG
from airflow.sensors.python import PythonSensor

asked = []


def tell(context):
    print("told")


def ready():
    asked.append(1)
    return len(asked) > 1


with DAG("freed", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonSensor(
        task_id="freed", python_callable=ready, poke_interval=0.1, mode="reschedule"
    )
    PythonSensor(
        task_id="timed",
        python_callable=lambda: True,
        mode="reschedule",
        execution_timeout=timedelta(minutes=1),
        on_execute_callback=tell,
    )
