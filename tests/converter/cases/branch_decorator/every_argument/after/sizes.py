from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, branch


@task
def count():
    return 150


@task
def pick(number, names, *, ti=None, **context):
    print(number, ti.task_id, context["params"])
    return names if number > 100 else None


@task
def show(chosen):
    print(chosen)


@task
def large():
    """Marks a place in the graph and does nothing."""


@task
def small():
    """Marks a place in the graph and does nothing."""


@task
def large_too():
    """Marks a place in the graph and does nothing."""


@task
def small_too():
    """Marks a place in the graph and does nothing."""


@flow(name="sizes", log_prints=True)
def sizes(a=1, logical_date: datetime | None = None):
    run = airflow_run(logical_date, params={"a": a})
    with TaskGraph(run) as graph:
        number = graph.add(count)
        size = graph.add(
            branch(
                pick.with_options(
                    name="size", retries=1, retry_delay_seconds=1, timeout_seconds=60
                ),
            ),
            number,
            ["large", "show"],
            trigger_rule="none_failed",
        )
        size >> [graph.add(large), graph.add(small)]
        graph.add(show, size)
        again = graph.add(
            branch(pick.with_options(name="again", timeout_seconds=60)),
            number,
            names="small_too",
            trigger_rule="none_failed",
        )
        again >> [graph.add(large_too), graph.add(small_too)]
    return graph.leaves


if __name__ == "__main__":
    sizes()
