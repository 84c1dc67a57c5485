from prefect import flow, task

from airflow_compat import TaskGraph
from airflow_compat import branch as compat_branch


@task(name="branch")
def pick():
    return "a"


@task
def a():
    """Marks a place in the graph and does nothing."""


@task
def b():
    """Marks a place in the graph and does nothing."""


@flow(name="short", log_prints=True)
def short():
    with TaskGraph(airflow=3) as graph:
        branch = graph.add(compat_branch(pick))
        branch >> [graph.add(a), graph.add(b)]
    return graph.leaves


if __name__ == "__main__":
    short()
