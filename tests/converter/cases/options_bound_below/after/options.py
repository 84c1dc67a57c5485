import os
from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, on_failure


@task
def mark():
    """Marks a place in the graph and does nothing."""


@task
def load():
    print("load")


@task
def check():
    raise ValueError("nothing there")


def marks():
    return TaskGraph.current().add(
        mark.with_options(retries=RETRIES, retry_delay_seconds=300)
    )


RETRIES = int(os.environ.get("RETRIES_OF_OPTIONS", "1"))


def tell(context):
    print("failed", context["exception"])


@flow(name="decorated", log_prints=True)
def decorated():
    load.with_options(retries=RETRIES, retry_delay_seconds=0)()


@flow(name="inherited", log_prints=True)
def inherited(logical_date: datetime | None = None):
    airflow_run(logical_date)
    check.with_options(on_failure=[on_failure(tell)])()


@flow(name="by_a_helper", log_prints=True)
def by_a_helper():
    with TaskGraph() as graph:
        marks()
    return graph.leaves


if __name__ == "__main__":
    decorated()
    inherited()
    by_a_helper()
