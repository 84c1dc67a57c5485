from prefect import flow

from airflow_compat import TaskGraph
from tasks import between


@flow(name="many", log_prints=True)
def many():
    with TaskGraph() as graph:
        _, first_end = between("one")
        second_start, _ = between("two")
        first_end >> second_start
    return graph.leaves


if __name__ == "__main__":
    many()
