from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


def first(ti):
    print(ti.task_id)


def second(ti):
    print(ti.operator)


@flow(name="looped", log_prints=True)
def looped(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        for work in (first, second):
            graph.add(task(work, name=work.__name__))
    return graph.leaves


if __name__ == "__main__":
    looped()
