from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, short_circuit


@task
def worth(count, *, unit="cm", ds=None):
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


@task(name="fourth")
def fourth_task():
    """Marks a place in the graph and does nothing."""


@flow(name="checks", log_prints=True)
def checks(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        first = graph.add(first_task)
        second = graph.add(second_task, trigger_rule="all_done")
        (
            graph.add(
                short_circuit(
                    worth.with_options(name="check", retries=1, retry_delay_seconds=1),
                    ignore_downstream_trigger_rules=False,
                ),
                150,
                unit="mm",
            )
            >> first
            >> second
        )
        far = graph.add(
            short_circuit(
                worth.with_options(name="far", retries=1, retry_delay_seconds=1)
            ),
            150,
        )
        third = graph.add(third_task)
        fourth = graph.add(fourth_task, trigger_rule="all_done")
        far >> third >> fourth
    return graph.leaves


if __name__ == "__main__":
    checks()
