from prefect import flow, task

from airflow_compat import TaskGraph


@task
def empty():
    """Marks a place in the graph and does nothing."""


def mark(name):
    return TaskGraph.current().add(empty.with_options(name=name))


@flow(name="marks", log_prints=True)
def marks():
    with TaskGraph() as graph:
        mark("start") >> mark("end")
    return graph.leaves


if __name__ == "__main__":
    marks()
