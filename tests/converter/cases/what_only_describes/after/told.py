"""Orders."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import BashOperator, TaskGraph, airflow_run


@task(name="first", retries=1, retry_delay_seconds=300)
def work():
    return 1


default_args = {"owner": "shop", "email": ["shop@example.com"], "retries": 1}


@flow(name="orders", log_prints=True)
def orders(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run, default_args=default_args) as graph:
        first = graph.add(work)
        second = BashOperator(task_id="second", bash_command="true", default_args={"retries": 3})
        # What it is.
        first >> second
    return graph.leaves


if __name__ == "__main__":
    orders()
