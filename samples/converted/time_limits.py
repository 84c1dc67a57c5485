"""One task is in time, the other is stopped."""

import time

from prefect import flow, task


@task
def wait(seconds):
    time.sleep(seconds)
    return "in time"


@flow(name="time_limits", log_prints=True)
def time_limits():
    wait.with_options(name="quick", timeout_seconds=60)(0)
    wait.with_options(name="slow", timeout_seconds=1)(30)


if __name__ == "__main__":
    time_limits()
