from datetime import datetime

from prefect import flow

from airflow_compat import TaskGraph, airflow_run
from steps import step


@flow(name="stepped", log_prints=True)
def stepped(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        for name in ["orders", "users"]:
            step(name)
    return graph.leaves


if __name__ == "__main__":
    stepped()
