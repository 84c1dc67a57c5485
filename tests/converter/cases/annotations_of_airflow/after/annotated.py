"""Annotations that name Airflow's classes say nothing to a flow."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
def show(ti, dag_run=None, count: int = 1) -> None:
    print(ti.task_id, count)


@task
def everything(**context):
    found: object = context
    print(found["ds"])


def create(name: str):
    @task(name="start")
    def start_task():
        """Marks a place in the graph and does nothing."""


    @flow(name=name, log_prints=True)
    def dag(logical_date: datetime | None = None):
        run = airflow_run(logical_date)
        with TaskGraph(run) as graph:
            start: object = graph.add(start_task)
            start >> graph.add(show)
            start >> graph.add(everything)
        return graph.leaves

    return dag


annotated = create("annotated")
