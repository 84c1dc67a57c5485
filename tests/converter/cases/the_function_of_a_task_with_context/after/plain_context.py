from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run


@task
def day(ds=None):
    return ds


@task
def today(ds=None):
    return day.function(ds)


@flow(name="days", log_prints=True)
def days(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    day_run = day.submit(ds=run.ds)
    today_run = today.submit(ds=run.ds)
    return [day_run, today_run]


if __name__ == "__main__":
    days()
