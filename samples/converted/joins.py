"""Empty tasks mark where work starts, meets and ends."""

from prefect import flow, task

from airflow_compat import bash


@task
def start():
    """Marks a place in the graph and does nothing."""


@task
def join():
    """Marks a place in the graph and does nothing."""


@task
def end():
    """Marks a place in the graph and does nothing."""


@flow(name="joins", log_prints=True)
def joins():
    start_run = start.submit()
    left = bash.with_options(name="left").submit("echo left", wait_for=[start_run])
    right = bash.with_options(name="right").submit("echo right", wait_for=[start_run])
    join_run = join.submit(wait_for=[left, right])
    end_run = end.submit(wait_for=[join_run])
    return [end_run]


if __name__ == "__main__":
    joins()
