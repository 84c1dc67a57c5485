from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, task_group, template


@task
def numbers():
    return [1, 2]


@task(retries=1, retry_delay_seconds=300)
def total(values):
    return sum(values)


@task
def show(value):
    print(value)


@task_group(default_args={"retries": 1})
def sums(values):
    """Sums."""
    return TaskGraph.current().add(total, template(values), unique=True)


@task
def begin():
    """Marks a place in the graph and does nothing."""


@task
def end():
    """Marks a place in the graph and does nothing."""


@flow(name="grouped", log_prints=True)
def grouped(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:

        @task_group(group_id="inner", tooltip="shown")
        def inner(count):
            graph.add(begin) >> graph.add(show, count)

        first = sums(graph.add(numbers))
        second = sums([3, 4])
        [first, second] >> inner(first) >> graph.add(end)
    return graph.leaves


if __name__ == "__main__":
    grouped()
