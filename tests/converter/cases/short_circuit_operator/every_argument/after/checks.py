from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, short_circuit, template


@task(name="check", retries=1, retry_delay_seconds=1)
def worth(count, unit, ds):
    print(count, unit, ds)
    return count > 1000


@task(name="first")
def first_task():
    """Marks a place in the graph and does nothing."""


@task(name="second")
def second_task():
    """Marks a place in the graph and does nothing."""


@task(name="third")
def third_task():
    """Marks a place in the graph and does nothing."""


@flow(name="checks", log_prints=True)
def checks(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        check = graph.add(
            short_circuit(worth, ignore_downstream_trigger_rules=False),
            150,
            unit=template("{{ ds_nodash }}"),
        )
        first = graph.add(first_task)
        second = graph.add(second_task)
        third = graph.add(third_task, trigger_rule="all_done")
        check >> first >> second >> third
    return graph.leaves


if __name__ == "__main__":
    checks()
