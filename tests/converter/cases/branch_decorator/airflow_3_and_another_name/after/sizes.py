from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, branch


@task
def pick():
    return "large"


@task
def show(ti):
    print(ti.xcom_pull(task_ids="pick"))


@task
def large():
    """Marks a place in the graph and does nothing."""


@task
def small():
    """Marks a place in the graph and does nothing."""


@flow(name="sizes", log_prints=True)
def sizes(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        size = graph.add(branch(pick))
        size >> [graph.add(large), graph.add(small)] >> graph.add(show)
    return graph.leaves


if __name__ == "__main__":
    sizes()
