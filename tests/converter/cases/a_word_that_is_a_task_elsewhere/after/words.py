"""A string that holds a task's name hands nothing on: the edge stays."""

from prefect import flow, task


@task
def work(given=None, name="first"):
    return given


@flow(name="words", log_prints=True)
def words():
    first = work.with_options(name="first").submit()
    b = work.with_options(name="b").submit()
    c = work.with_options(name="c").submit({"after": "first"}, wait_for=[first, b])
    return [c]


if __name__ == "__main__":
    words()
