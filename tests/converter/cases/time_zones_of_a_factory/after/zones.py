import os
from datetime import datetime

from prefect import flow

from airflow_compat import airflow_run, bash


def same(name, schedule):
    @flow(name=name, log_prints=True)
    def dag(logical_date: datetime | None = None):
        run = airflow_run(logical_date, schedule=schedule, timezone="Asia/Seoul")
        bash.with_options(name="say")(f"echo {run.ds}")

    return dag


def own(name, zone):
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
