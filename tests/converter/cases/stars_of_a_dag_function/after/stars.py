"""Airflow hands `*args` and `**kwargs` of a `@dag` function nothing that its code could miss."""

from datetime import datetime

from prefect import flow

from airflow_compat import airflow_run, bash


@flow(name="batch", log_prints=True)
def batch(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    bash.with_options(name="say")(f"echo {run.ds}")


@flow(name="named", log_prints=True)
def named(word="a, *b", logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    bash.with_options(name="say")(f"echo {run.ds}")


if __name__ == "__main__":
    batch()
    named()
