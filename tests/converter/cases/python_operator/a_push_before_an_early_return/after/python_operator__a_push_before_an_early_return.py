from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
def maybe(ti):
    ti.xcom_push(key="number", value=3)
    if datetime.now().year > 2000:
        return
    print("long ago")


@flow(name="early", log_prints=True)
def early(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(maybe)
    return graph.leaves


if __name__ == "__main__":
    early()
