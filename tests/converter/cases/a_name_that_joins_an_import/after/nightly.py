from prefect import flow, task

from airflow_compat import on_failure
from common.defaults import defaults, notify


@task(on_failure=[on_failure(notify)])
def load():
    print(defaults("data")["owner"])


@flow(name="nightly", log_prints=True)
def nightly():
    load()


if __name__ == "__main__":
    nightly()
