import os
from datetime import datetime
from zoneinfo import ZoneInfo

from prefect import flow

from airflow_compat import airflow_run, bash


def same(name, schedule):
    defaults = {"start_date": datetime(2024, 1, 1, tzinfo=ZoneInfo("Asia/Seoul"))}

    @flow(name=name, log_prints=True)
    def dag(logical_date: datetime | None = None):
        run = airflow_run(logical_date, schedule=schedule, timezone="Asia/Seoul")
        bash.with_options(name="say")(f"echo {run.ds}")

    return dag


def own(name, zone):
    start = datetime(2024, 1, 1, tzinfo=ZoneInfo(zone))

    @flow(name=name, log_prints=True)
    def dag(logical_date: datetime | None = None):
        run = airflow_run(logical_date)
        bash.with_options(name="say")(f"echo {run.ds}")

    return dag


daily = same("daily", "@daily")
hourly = same("hourly", "@hourly")
paris = own("paris", "Europe/Paris")
tokyo = own("tokyo", "Asia/Tokyo")
unknown = own("unknown", os.environ.get("ZONE", "UTC"))
