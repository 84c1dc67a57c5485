"""Airflow 3 lets more be given by position than a callable names before `*parts`."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
def join(*parts, ds="none"):
    print(parts, ds == "none")


@flow(name="parts", log_prints=True)
def parts(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    join("a", "b", ds=run.ds)


@flow(name="parts_at_last", log_prints=True)
def parts_at_last(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        graph.add(join.with_options(name="first"), "a", "b") >> graph.add(
            join.with_options(name="last"), "c", trigger_rule="all_done"
        )
    return graph.leaves


if __name__ == "__main__":
    parts()
    parts_at_last()
