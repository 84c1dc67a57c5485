"""Spellings of Airflow 3, and a task function in the middle of the DAG."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, bash, template


@task(name="start")
def start_task():
    """Marks a place in the graph and does nothing."""


@flow(name="airflow_3_spelling", log_prints=True)
def airflow_3_spelling(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 12 * * *", airflow=3)
    with TaskGraph(run) as graph:
        start = graph.add(start_task)

        @task
        def hello():
            print("hello")
            return "hello"

        listing = graph.add(
            bash.with_options(name="listing"), template("echo {{ ds }}")
        )

        start >> graph.add(hello) >> listing
    return graph.leaves


if __name__ == "__main__":
    airflow_3_spelling()
