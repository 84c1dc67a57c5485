from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, TaskGroup, airflow_run, bash, template


@task
def count(ti):
    ti.xcom_push(key="rows", value=3)
    return "counted"


@task
def show(value, ti):
    print(value, ti.xcom_pull(task_ids="read.count", key="rows"), ti.xcom_pull("count"))


@flow(name="grouped", log_prints=True)
def grouped(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        with TaskGroup("read") as read:
            counted = graph.add(count)
            said = graph.add(
                bash.with_options(name="say"),
                template("echo {{ ti.xcom_pull(task_ids='read.count') }}"),
            )
            counted >> said
        with TaskGroup("write"):
            shown = graph.add(show, said.output)
            read >> shown
    return graph.leaves


if __name__ == "__main__":
    grouped()
