"""A coroutine function of a task may skip, and may keep its result to itself."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import AirflowSkipException, TaskGraph, airflow_run, skips


@task(name="a")
@skips
async def maybe(n):
    if n:
        raise AirflowSkipException("no")
    return n


@task
async def quiet():
    return 5


@flow(name="skipping", log_prints=True)
def skipping(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        graph.add(maybe, 1) >> graph.add(quiet.with_options(name="b"))
        graph.add(quiet.with_options(name="c"), do_xcom_push=False)
    return graph.leaves


if __name__ == "__main__":
    skipping()
