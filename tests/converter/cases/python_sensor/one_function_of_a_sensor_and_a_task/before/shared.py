from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.sensors.python import PythonSensor


def ready(ti):
    print(ti.task_id)
    return True


with DAG("shared", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    ready_now = PythonSensor(task_id="wait", python_callable=ready)
    ready_now >> PythonOperator(task_id="ask", python_callable=ready)

with DAG("alone", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonOperator(task_id="ask", python_callable=ready)
