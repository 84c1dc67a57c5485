"""Callables that are lambdas."""

from prefect import flow, task

RATE = 1.5


@flow(name="short_functions", log_prints=True)
def short_functions():
    task(lambda: 4 * RATE, name="one")()
    task(lambda value, factor=2: value * factor, name="two")(21)


if __name__ == "__main__":
    short_functions()
