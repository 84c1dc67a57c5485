"""A flow run knows nothing of the run before it."""

from prefect import flow

from airflow_compat import bash

args = {"depends_on_past": True}


@flow(name="past", log_prints=True)
def past():
    first = bash.with_options(name="first").submit("echo first")
    second = bash.with_options(name="second").submit("echo second")
    third = bash.with_options(name="third").submit("echo")
    return [first, second, third]


if __name__ == "__main__":
    past()
