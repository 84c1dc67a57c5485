"""One DAG for every kind of schedule; each tells the interval that it is run for."""

from datetime import datetime, timedelta

from prefect import flow

from airflow_compat import airflow_run, bash

INTERVAL = "echo {{ data_interval_start | ts }} {{ data_interval_end | ts }} {{ ds }}"


@flow(name="every_monday", log_prints=True)
def every_monday(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 0 * * 0")
    bash.with_options(name="tell")(run.render(INTERVAL))


@flow(name="every_six_hours", log_prints=True)
def every_six_hours(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule=timedelta(seconds=21600))
    bash.with_options(name="tell")(run.render(INTERVAL))


@flow(name="on_workdays", log_prints=True)
def on_workdays(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="30 7 * * 1-5")
    bash.with_options(name="tell")(run.render(INTERVAL))


@flow(name="when_asked", log_prints=True)
def when_asked(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    bash.with_options(name="tell")(run.render(INTERVAL))


if __name__ == "__main__":
    every_monday()
    every_six_hours()
    on_workdays()
    when_asked()
