from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
def two(x=0, y=None):
    return [x, y]


@task
def rest(x=0, **others):
    return sorted(set(others) & {"z"})


@flow(name="left_out", log_prints=True)
def left_out(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(two, x=1, z=3)
        graph.add(rest, x=1, z=3)
    return graph.leaves


if __name__ == "__main__":
    left_out()
