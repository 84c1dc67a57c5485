"""Prefect calls nothing back between two tries."""

from datetime import datetime

from prefect import flow

from airflow_compat import BashOperator, TaskGraph, airflow_run


@flow(name="hooks", log_prints=True)
def hooks(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        BashOperator(
            task_id="tries", bash_command="echo", on_retry_callback=print, on_skipped_callback=print
        )
    return graph.leaves


if __name__ == "__main__":
    hooks()
