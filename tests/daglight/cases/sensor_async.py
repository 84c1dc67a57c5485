# options: {"now": "2024-03-06T00:00:00+00:00"}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.sensors.date_time import DateTimeSensorAsync
from airflow.sensors.time_delta import TimeDeltaSensorAsync

with DAG("sensor_async", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    DateTimeSensorAsync(task_id="date", target_time="{{ data_interval_end }}") >> EmptyOperator(
        task_id="after"
    )
    TimeDeltaSensorAsync(task_id="delta", delta=timedelta(hours=3))
