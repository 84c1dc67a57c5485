from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run
from plain import double


@flow(name="doubles", log_prints=True)
def doubles(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(task(double, name="double"), 4)
    return graph.leaves


if __name__ == "__main__":
    doubles()
