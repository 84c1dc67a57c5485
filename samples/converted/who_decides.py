"""`default_args` hold for every task that does not say otherwise."""

from datetime import timedelta

from prefect import flow, task


@task
def fail():
    raise ValueError("no luck")


default_args = {
    "owner": "data",
    "depends_on_past": False,
    "email_on_failure": False,
    "retries": 1,
    "retry_delay": timedelta(seconds=0.1),
}


@flow(name="who_decides", log_prints=True)
def who_decides():
    by_default = fail.with_options(
        name="by_default", retries=1, retry_delay_seconds=0.1
    ).submit()
    more = fail.with_options(name="more", retries=2, retry_delay_seconds=0.1).submit()
    none = fail.with_options(name="none").submit()
    return [by_default, more, none]


if __name__ == "__main__":
    who_decides()
