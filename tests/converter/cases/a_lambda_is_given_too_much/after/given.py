"""Airflow leaves out what a callable does not take."""

from prefect import flow, task

from airflow_compat import TaskGraph


@flow(name="given", log_prints=True)
def given():
    with TaskGraph() as graph:
        graph.add(task(lambda n: print(n), name="third"), n=1, o=2)
    return graph.leaves


if __name__ == "__main__":
    given()
