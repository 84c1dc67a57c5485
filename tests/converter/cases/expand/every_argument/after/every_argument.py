from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, mapped


@task
def add(x, y, z=0, ti=None):
    print(x, y, z, ti.map_index)
    return x + y + z


@task
def split(number):
    return {"half": number / 2, "twice": number * 2}


@task
def show(halves, sums):
    print(list(halves), list(sums))


@flow(name="products", log_prints=True)
def products(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        sums = mapped(add.with_options(retries=2, retry_delay_seconds=0)).partial(z=1).expand(
            x=[1, 2], y=(10, 20, 30)
        )
        more = mapped(
            add.with_options(name="more", retries=1, retry_delay_seconds=0),
            trigger_rule="all_done",
        ).partial(
            y=5
        ).expand(
            x=[7, 8]
        )
        parts = mapped(split, multiple_outputs=True).expand(number=sums)
        graph.add(show, parts["half"], more)
    return graph.leaves


if __name__ == "__main__":
    products()
