from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
def push(ti):
    ti.xcom_push(key="a", value=1)


@task
def pull(ti):
    print(ti.xcom_pull(task_ids="push", key=None), ti.xcom_pull(key=None))


@flow(name="any_key", log_prints=True)
def any_key(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(push) >> graph.add(pull)
    return graph.leaves


if __name__ == "__main__":
    any_key()
