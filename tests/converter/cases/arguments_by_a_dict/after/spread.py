"""Arguments that a dict holds, of this module or another, are the operator's own."""

from datetime import timedelta

from prefect import flow

from airflow_compat import bash

QUICK = {"retries": 1, "retry_delay": timedelta(seconds=0)}


@flow(name="spread", log_prints=True)
def spread():
    bash.with_options(name="first", retries=1, retry_delay_seconds=0)("echo first")
    bash.with_options(name="second", timeout_seconds=120)("echo second")
    bash.with_options(name="third", retries=2, retry_delay_seconds=0)("echo third")


if __name__ == "__main__":
    spread()
