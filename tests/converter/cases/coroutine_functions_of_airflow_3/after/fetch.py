"""Airflow 3 awaits what an `async def` gives, and so does Prefect."""

import asyncio
from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
async def fetch(n):
    await asyncio.sleep(0)
    print("fetched", n)
    return n


@task
async def load(n):
    print("loaded", n)
    return n + 1


@flow(name="fetching", log_prints=True)
def fetching(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        first = graph.add(fetch, 1)
        first >> graph.add(load, 2)
    return graph.leaves


if __name__ == "__main__":
    fetching()
