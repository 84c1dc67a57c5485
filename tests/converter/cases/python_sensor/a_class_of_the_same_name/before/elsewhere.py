"""Not airflow."""

from airlift.sensors.python import PythonSensor


def make(ready):
    return PythonSensor(task_id="wait", python_callable=ready, poke_interval=5)
