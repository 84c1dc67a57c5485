from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, TaskGroup, airflow_run


@task
def numbers():
    return [1, 2]


@task
def total(values):
    return sum(values)


@task
def show(ti):
    print(ti.task_id, ti.xcom_pull(task_ids="outer.inner.total"))


@flow(name="grouped", log_prints=True)
def grouped(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        with TaskGroup("outer", group_display_name="Outer", doc_md="all of it"):
            with TaskGroup("inner") as inner:
                graph.add(total, graph.add(numbers))
            inner >> graph.add(show)
    return graph.leaves


if __name__ == "__main__":
    grouped()
