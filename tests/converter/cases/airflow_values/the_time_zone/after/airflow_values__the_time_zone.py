from datetime import datetime

from prefect import flow, task

from airflow_compat import TIMEZONE

NOON = datetime(2024, 1, 1, 12, tzinfo=TIMEZONE)


@task
def start():
    """Marks a place in the graph and does nothing."""


@flow(name="marks", log_prints=True)
def marks():
    start()


if __name__ == "__main__":
    marks()
