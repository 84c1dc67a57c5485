import os
from datetime import datetime

from prefect import flow

from airflow_compat import BashOperator, TaskGraph, TaskGroup, airflow_run


@flow(name="grouped", log_prints=True)
def grouped(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        with TaskGroup("group", default_args=dict(os.environ)):
            BashOperator(task_id="say", bash_command="echo hello")
        for tries in (1, 2):
            with TaskGroup(f"tries_{tries}", default_args={"retries": tries}):
                BashOperator(task_id="say", bash_command="echo hello")
    return graph.leaves


if __name__ == "__main__":
    grouped()
