from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.sensors.python import PythonSensor
from airflow.sensors.weekday import DayOfWeekSensor

with DAG("error_sensor_timeout", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonSensor(task_id="x", python_callable=print, timeout="1h")
