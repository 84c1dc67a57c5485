from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, TaskGroup, airflow_run, mapped


@task
def numbers(ds):
    return [len(ds), 2, 3]


@task
def double(x: int) -> int:
    return x * 2


@task
def total(values):
    print("total", sum(values))
    return sum(values)


@flow(name="doubles", log_prints=True)
def doubles(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        with TaskGroup("group"):
            graph.add(total, mapped(double).expand(x=graph.add(numbers)))
        mapped(double).expand_kwargs([{"x": 1}])
    return graph.leaves


if __name__ == "__main__":
    doubles()
