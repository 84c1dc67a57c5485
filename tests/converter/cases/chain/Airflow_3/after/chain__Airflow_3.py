from prefect import flow, task

from airflow_compat import TaskGraph, chain


@task
def one():
    """Marks a place in the graph and does nothing."""


@task
def two():
    """Marks a place in the graph and does nothing."""


@task
def three():
    """Marks a place in the graph and does nothing."""


@flow(name="marks", log_prints=True)
def marks():
    with TaskGraph() as graph:
        first = graph.add(one)
        others = [graph.add(two), graph.add(three)]
        chain(first, others)
    return graph.leaves


if __name__ == "__main__":
    marks()
