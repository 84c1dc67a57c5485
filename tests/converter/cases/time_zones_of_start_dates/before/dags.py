from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from zones import DEFAULTS, LATER, ZONE, local_zone

START = pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")
TZ = pendulum.timezone("Europe/Paris")
ARGS = {"start_date": datetime(2024, 1, 1, tzinfo=TZ)}

with DAG("constant", start_date=START, schedule="0 7 * * *", catchup=False):
    EmptyOperator(task_id="start")
with DAG("defaults", default_args=ARGS, schedule="0 7 * * *", catchup=False):
    EmptyOperator(task_id="start")
with DAG("tzinfo", start_date=datetime(2024, 1, 1, tzinfo=TZ), schedule="0 7 * * *", catchup=False):
    EmptyOperator(task_id="start")
with DAG("other", start_date=LATER, schedule="0 7 * * *", catchup=False):
    EmptyOperator(task_id="start")
with DAG("other_defaults", default_args=DEFAULTS, schedule="0 7 * * *", catchup=False):
    EmptyOperator(task_id="start")
with DAG(
    "other_zone", start_date=datetime(2024, 1, 1, tzinfo=ZONE), schedule="0 7 * * *", catchup=False
):
    EmptyOperator(task_id="start")
# Airflow takes the zone of the date in `default_args` where `start_date` has none.
with DAG(
    "both",
    start_date=datetime(2024, 1, 1),
    default_args={"start_date": START},
    schedule="0 7 * * *",
    catchup=False,
):
    EmptyOperator(task_id="start")
with DAG("moved", start_date=START + timedelta(days=3), schedule="0 7 * * *", catchup=False):
    EmptyOperator(task_id="start")
with DAG("replaced", start_date=datetime(2024, 1, 1).replace(tzinfo=TZ), schedule="@daily", catchup=False):
    EmptyOperator(task_id="start")
with DAG("today", start_date=pendulum.today("Asia/Tokyo").add(days=-2), schedule="@daily", catchup=False):
    EmptyOperator(task_id="start")
with DAG("plain", start_date=datetime(2024, 1, 1), schedule="0 7 * * *", catchup=False):
    EmptyOperator(task_id="start")
with DAG(
    "run",
    start_date=datetime(2024, 1, 1, tzinfo=local_zone()),
    schedule="0 7 * * *",
    catchup=False,
):
    EmptyOperator(task_id="start")
with DAG(
    "zoneinfo",
    start_date=datetime(2024, 1, 1, tzinfo=ZoneInfo("America/New_York")),
    schedule=timedelta(hours=6),
    catchup=False,
):
    EmptyOperator(task_id="start")
