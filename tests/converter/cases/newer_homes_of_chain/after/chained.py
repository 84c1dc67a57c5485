"""`chain` has moved several times."""

from prefect import flow, task


@task
def a():
    """Marks a place in the graph and does nothing."""


@task
def b():
    """Marks a place in the graph and does nothing."""


@task
def c():
    """Marks a place in the graph and does nothing."""


@flow(name="chained", log_prints=True)
def chained():
    a()
    b()
    c()


if __name__ == "__main__":
    chained()
