from datetime import datetime, timedelta

from prefect import flow, task

from airflow_compat import PokeReturnValue, TaskGraph, airflow_run, sensor, template

asked = []


@task
def ready(day, *, wanted, ti=None, **context):
    asked.append(day)
    print(day, ti.task_id, context["ds"])
    return PokeReturnValue(is_done=len(asked) >= wanted, xcom_value=[day])


@task
def show(value):
    print(value)


@task
def load():
    """Marks a place in the graph and does nothing."""


@flow(name="waits", log_prints=True)
def waits(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        found = graph.add(
            sensor(
                ready.with_options(
                    name="wait", retries=1, retry_delay_seconds=1, timeout_seconds=60
                ),
                poke_interval=timedelta(seconds=0.2),
                timeout=60,
                max_wait=1,
                mode="poke",
                soft_fail=False,
                exponential_backoff=True,
                silent_fail=False,
                never_fail=True,
            ),
            template("{{ ds }}"),
            wanted=3,
            trigger_rule="none_failed",
        )
        graph.add(show, found)
        again = graph.add(
            sensor(
                ready.with_options(name="again", retries=1, retry_delay_seconds=1),
                poke_interval=timedelta(seconds=0.2),
                timeout=60,
                max_wait=1,
                mode="reschedule",
                soft_fail=False,
                exponential_backoff=True,
                silent_fail=False,
                never_fail=True,
            ),
            "x",
            wanted=0,
            trigger_rule="none_failed",
        )
        found >> again >> graph.add(load)
    return graph.leaves


if __name__ == "__main__":
    waits()
