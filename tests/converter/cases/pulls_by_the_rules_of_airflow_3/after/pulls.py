from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
def pull(ti=None):
    print(list(ti.xcom_pull(task_ids=["first", "second"])), ti.xcom_pull(key="a"))


@task(name="first")
def first_task():
    """Marks a place in the graph and does nothing."""


@task(name="second")
def second_task():
    """Marks a place in the graph and does nothing."""


@task
def join():
    """Marks a place in the graph and does nothing."""


@flow(name="pulls_of_3", log_prints=True)
def pulls_of_3(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        first = graph.add(first_task)
        second = graph.add(second_task)
        [first, second] >> graph.add(join, trigger_rule="all_done") >> graph.add(pull)
    return graph.leaves


if __name__ == "__main__":
    pulls_of_3()
