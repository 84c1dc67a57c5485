from prefect import flow, task

from airflow_compat import TaskGraph, chain


@task
def empty():
    """Marks a place in the graph and does nothing."""


@flow(name="marks", log_prints=True)
def marks():
    with TaskGraph() as graph:
        for name in ("red", "blue"):
            first = graph.add(empty.with_options(name=f"{name}_first"))
            chain(first, graph.add(empty.with_options(name=f"{name}_second")))
    return graph.leaves


if __name__ == "__main__":
    marks()
