from datetime import datetime

from prefect import flow as prefect_flow
from prefect import task as prefect_task

from airflow_compat import airflow_run
from airflow_compat import bash as compat_bash

run = "a word"


@prefect_task
def flow():
    return run


@prefect_task
def task():
    return "task"


@prefect_task
def bash():
    return "bash"


@prefect_flow(name="print", log_prints=True)
def print_flow(logical_date: datetime | None = None):
    run_ = airflow_run(logical_date, schedule="0 0 * * *")
    flow()
    task()
    bash()
    compat_bash.with_options(name="shell")(f"echo {run_.ds}")


if __name__ == "__main__":
    print_flow()
