"""One DAG for every kind of schedule; each tells the interval that it is run for."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

INTERVAL = "echo {{ data_interval_start | ts }} {{ data_interval_end | ts }} {{ ds }}"

with DAG(
    "every_monday",
    start_date=datetime(2024, 1, 1),
    schedule="@weekly",
    catchup=False,
) as weekly:
    BashOperator(task_id="tell", bash_command=INTERVAL)

with DAG(
    "every_six_hours",
    start_date=datetime(2024, 1, 1),
    schedule=timedelta(hours=6),
    catchup=False,
) as six_hourly:
    BashOperator(task_id="tell", bash_command=INTERVAL)

with DAG(
    "on_workdays",
    start_date=datetime(2024, 1, 1),
    schedule="30 7 * * 1-5",
    catchup=True,
) as workdays:
    BashOperator(task_id="tell", bash_command=INTERVAL)

with DAG(
    "when_asked",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
) as asked:
    BashOperator(task_id="tell", bash_command=INTERVAL)
