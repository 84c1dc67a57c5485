from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run, on_failure
from common.defaults import defaults, notify


@task(on_failure=[on_failure(notify)])
def load():
    print(defaults("data")["owner"])


@flow(name="nightly", log_prints=True)
def nightly(logical_date: datetime | None = None):
    airflow_run(logical_date)
    load()


if __name__ == "__main__":
    nightly()
