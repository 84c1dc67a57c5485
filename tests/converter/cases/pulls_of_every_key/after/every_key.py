from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
def pull_all(ti):
    print(list(ti.xcom_pull(task_ids=["push", "pull"], key=None)))


@flow(name="every_key", log_prints=True)
def every_key(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(pull_all)
    return graph.leaves


if __name__ == "__main__":
    every_key()
