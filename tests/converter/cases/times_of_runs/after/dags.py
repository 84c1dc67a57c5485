from datetime import datetime, timedelta

import pendulum
from prefect import flow

from airflow_compat import airflow_run, bash

START = pendulum.datetime(2024, 1, 1, 1, 30, tz="Europe/Berlin")


@flow(name="multiples", log_prints=True)
def multiples(logical_date: datetime | None = None):
    run = airflow_run(
        logical_date, schedule=timedelta(seconds=25200), timezone="Europe/Berlin"
    )
    bash.with_options(name="tell")(f"echo {run.ds}")


@flow(name="days", log_prints=True)
def days(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule=timedelta(seconds=172800))
    bash.with_options(name="tell")(f"echo {run.ds}")


@flow(name="from_its_start", log_prints=True)
def from_its_start(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule=timedelta(seconds=172800))
    bash.with_options(name="tell")(f"echo {run.ds}")


@flow(name="an_unknown_start", log_prints=True)
def an_unknown_start():
    bash.with_options(name="tell")("echo hello")


@flow(name="every_hour", log_prints=True)
def every_hour(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 * * * *", timezone="Europe/Berlin")
    bash.with_options(name="tell")(f"echo {run.ds}")


@flow(name="left_out_in_spring", log_prints=True)
def left_out_in_spring(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="30 2 * * *", timezone="Europe/Berlin")
    bash.with_options(name="tell")(f"echo {run.ds}")


@flow(name="not_on_sundays", log_prints=True)
def not_on_sundays(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="30 2 * * 1-5", timezone="Europe/Berlin")
    bash.with_options(name="tell")(f"echo {run.ds}")


@flow(name="at_three", log_prints=True)
def at_three(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 3 * * *", timezone="Europe/Berlin")
    bash.with_options(name="tell")(f"echo {run.ds}")


@flow(name="without_a_change", log_prints=True)
def without_a_change(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 * * * *")
    bash.with_options(name="tell")(f"echo {run.ds}")


if __name__ == "__main__":
    multiples()
    days()
    from_its_start()
    an_unknown_start()
    every_hour()
    left_out_in_spring()
    not_on_sundays()
    at_three()
    without_a_change()
