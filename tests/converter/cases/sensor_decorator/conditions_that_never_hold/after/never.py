from prefect import flow, task

from airflow_compat import AirflowSkipException, TaskGraph, sensor
from airflow_compat import skips as compat_skips


@task(retries=2, retry_delay_seconds=0)
def fails():
    return False


@task
def softly():
    return 0


@task
def silent():
    raise ValueError("poked")


@task
def never():
    raise ValueError("poked")


@task(retries=1, retry_delay_seconds=0)
def breaks():
    raise ValueError("poked")


@task
@compat_skips
def skips():
    raise AirflowSkipException("not today")


@task
def after_fails():
    """Marks a place in the graph and does nothing."""


@task
def after_softly():
    """Marks a place in the graph and does nothing."""


@task
def after_skips():
    """Marks a place in the graph and does nothing."""


@flow(name="waits", log_prints=True)
def waits():
    with TaskGraph(airflow=3) as graph:
        graph.add(sensor(fails, poke_interval=0.1, timeout=0.3)) >> graph.add(
            after_fails
        )
        graph.add(
            sensor(softly, poke_interval=0.1, timeout=0.3, soft_fail=True)
        ) >> graph.add(after_softly)
        graph.add(sensor(skips)) >> graph.add(after_skips, trigger_rule="none_failed")
        graph.add(sensor(silent, poke_interval=0.1, timeout=0.3, silent_fail=True))
        graph.add(sensor(never, never_fail=True))
        graph.add(sensor(breaks))
    return graph.leaves


if __name__ == "__main__":
    waits()
