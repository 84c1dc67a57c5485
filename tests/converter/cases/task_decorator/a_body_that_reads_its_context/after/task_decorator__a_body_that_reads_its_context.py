from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run


@task
def day(ds=None):
    return ds


@task
def show(text, params):
    print(text, params)


@flow(name="days", log_prints=True)
def days(word="x", logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 0 * * *", params={"word": word})
    show(day(ds=run.ds), params=run.params)


if __name__ == "__main__":
    days()
