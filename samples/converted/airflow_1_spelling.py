"""Spellings of Airflow 1.10, which are still found in many folders."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run, bash


@task(name="say")
def hello(ds):
    print("hello on", ds)
    return "hello"


@task
def start():
    """Marks a place in the graph and does nothing."""


@flow(name="airflow_1_spelling", log_prints=True)
def airflow_1_spelling(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 12 * * *")
    start()

    hello(ds=run.ds)

    bash.with_options(name="listing")(run.render("echo {{ execution_date.year }}"))


if __name__ == "__main__":
    airflow_1_spelling()
