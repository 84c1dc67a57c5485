from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
def filled(partition_key="all"):
    return partition_key


@flow(name="three", log_prints=True)
def three(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        graph.add(filled)
        graph.add(filled.with_options(name="given"), partition_key="one")
    return graph.leaves


if __name__ == "__main__":
    three()
