"""The tasks are made in a module that has their operators from another module of the folder."""

from prefect import flow

from airflow_compat import TaskGraph
from steps import steps


@flow(name="helped", log_prints=True)
def helped():
    with TaskGraph() as graph:
        steps()
    return graph.leaves


if __name__ == "__main__":
    helped()
