import os
from datetime import datetime
from zoneinfo import ZoneInfo

from airflow import DAG
from airflow.operators.bash import BashOperator


def same(name, schedule):
    defaults = {"start_date": datetime(2024, 1, 1, tzinfo=ZoneInfo("Asia/Seoul"))}
    with DAG(name, schedule=schedule, default_args=defaults, catchup=False) as dag:
        BashOperator(task_id="say", bash_command="echo {{ ds }}")
    return dag


def own(name, zone):
    start = datetime(2024, 1, 1, tzinfo=ZoneInfo(zone))
    with DAG(name, schedule="0 7 * * *", start_date=start, catchup=False) as dag:
        BashOperator(task_id="say", bash_command="echo {{ ds }}")
    return dag


daily = same("daily", "@daily")
hourly = same("hourly", "@hourly")
paris = own("paris", "Europe/Paris")
tokyo = own("tokyo", "Asia/Tokyo")
unknown = own("unknown", os.environ.get("ZONE", "UTC"))
