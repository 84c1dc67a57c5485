"""Airflow 3 has no `execution_date`: a parameter of that name keeps its default."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, bash, template


@task
def show(execution_date="mine", tomorrow_ds=None):
    print(execution_date, tomorrow_ds)


@task
def look(**kwargs):
    print(kwargs.get("execution_date"), kwargs["ds"])


@flow(name="removed", log_prints=True)
def removed(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        graph.add(show)
        graph.add(look)
        graph.add(
            bash.with_options(name="template"), template("echo {{ execution_date }}")
        )
    return graph.leaves


if __name__ == "__main__":
    removed()
