from prefect import flow, task

from airflow_compat import TaskGraph, skips
from airflow_compat import AirflowSkipException as Skip


@task
@skips
def maybe(count=0):
    if not count:
        raise Skip("nothing to do")


@task
def then():
    print("never")


@flow(name="maybes", log_prints=True)
def maybes():
    with TaskGraph() as graph:
        sure = graph.add(maybe.with_options(name="sure"), 1)
        first = graph.add(maybe)
        sure >> first >> graph.add(then)
    return graph.leaves


if __name__ == "__main__":
    maybes()
