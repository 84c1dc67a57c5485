from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
def one():
    return 1


@task
def show(ti):
    for name in ["one"]:
        print(ti.xcom_pull(task_ids=name))


@flow(name="counting", log_prints=True)
def counting(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        first = graph.add(one)
        first >> graph.add(show)
    return graph.leaves


if __name__ == "__main__":
    counting()
