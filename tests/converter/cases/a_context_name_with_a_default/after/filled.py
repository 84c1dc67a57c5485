from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
def look(inlet_events=None):
    return len(inlet_events)


@task
def tell(exception=None):
    return str(exception)


@flow(name="filled", log_prints=True)
def filled(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(look)
        graph.add(tell)
    return graph.leaves


if __name__ == "__main__":
    filled()
