from prefect import flow, task

from airflow_compat import TaskGraph, mapped


@task
def double(x):
    return x * 2


@flow(name="doubles", log_prints=True)
def doubles():
    with TaskGraph() as graph:
        mapped(double).expand(x=[1, 2, 3])
    return graph.leaves


if __name__ == "__main__":
    doubles()
