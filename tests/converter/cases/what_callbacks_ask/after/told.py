from datetime import datetime
from functools import partial

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, on_failure
from alerts import tell, tell_more


@task(on_failure=[on_failure(partial(tell_more, channel="data"))])
def fails(ti):
    raise ValueError(ti.hostname)


@flow(name="told", on_failure=[on_failure(tell)], log_prints=True)
def told(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(fails)
    return graph.leaves


if __name__ == "__main__":
    told()
