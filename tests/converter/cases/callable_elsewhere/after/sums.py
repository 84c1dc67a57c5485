from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run
from lib import work
from lib.work import read


@flow(name="sums", log_prints=True)
def sums(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        numbers = graph.add(task(read, name="read"))
        graph.add(task(work.add, name="add"), numbers.output)
    return graph.leaves


if __name__ == "__main__":
    sums()
