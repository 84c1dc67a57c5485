"""The delays between tries grow; Airflow adds something of its own to each."""

from prefect import flow

from airflow_compat import bash


@flow(name="delays", log_prints=True)
def delays():
    bash.with_options(name="growing", retries=4, retry_delay_seconds=[2, 4, 8, 10])(
        "echo growing"
    )


@flow(name="even_delays", log_prints=True)
def even_delays():
    even = bash.with_options(name="even", retries=1, retry_delay_seconds=300).submit(
        "echo even"
    )
    once = bash.with_options(name="once").submit("echo once")
    return [even, once]


if __name__ == "__main__":
    delays()
    even_delays()
