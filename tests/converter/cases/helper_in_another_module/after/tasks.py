from prefect import task

from airflow_compat import TaskGraph


@task
def empty():
    """Marks a place in the graph and does nothing."""


@task
def work(name):
    print(name)


def between(name, **options):
    start = TaskGraph.current().add(empty.with_options(name=f"{name}_start"))
    end = TaskGraph.current().add(empty.with_options(name=f"{name}_end"))
    step = TaskGraph.current().add(work.with_options(name=name), name)
    start >> step >> end
    return start, end
