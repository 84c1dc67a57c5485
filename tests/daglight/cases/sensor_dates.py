# options: {"now": "2024-03-06T00:00:00+00:00"}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from datetime import time

from airflow.sensors.date_time import DateTimeSensor
from airflow.sensors.filesystem import FileSensor
from airflow.sensors.bash import BashSensor
from airflow.sensors.time_delta import TimeDeltaSensor
from airflow.sensors.weekday import DayOfWeekSensor

with DAG("sensor_dates", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    DateTimeSensor(task_id="date", target_time="{{ data_interval_end }}")
    DateTimeSensor(task_id="moment", target_time=datetime(2024, 1, 1))
    TimeDeltaSensor(task_id="delta", delta=timedelta(hours=3))
    DayOfWeekSensor(task_id="day", week_day="Tuesday", use_task_logical_date=True)
    DayOfWeekSensor(
        task_id="other",
        week_day={"Monday", "friday"},
        use_task_logical_date=True,
        poke_interval=60,
        timeout=300,
    )
    BashSensor(task_id="bash", bash_command="test {{ ds }} = 2024-03-05")
    BashSensor(task_id="bash_no", bash_command="exit 3", poke_interval=60, timeout=300)
    BashSensor(
        task_id="bash_retry",
        bash_command="exit 3",
        retry_exit_code=3,
        poke_interval=60,
        timeout=300,
    )
    BashSensor(
        task_id="bash_other",
        bash_command="exit 4",
        retry_exit_code=3,
        poke_interval=60,
        timeout=300,
    )
