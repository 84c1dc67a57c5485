"""Comments inside what is written anew move above it; none is lost."""

# the one that goes
# when it starts
# the one that stays
# how long it waits
from datetime import timedelta

from prefect import flow, task

from airflow_compat import bash

COUNT = timedelta(hours=2).seconds


# the task instance (of Airflow)
# how many :)
@task
def push(count=COUNT):
    return count  # handed on


# a size )
# the context)
@task
def pull(size=2, *, n):
    # what came
    # the number
    print(n, size)


# with # signs
@flow(name="comments_move", log_prints=True)
def comments_move():
    n = push()
    pull(n=n)
    # why the backslash
    bash.with_options(name="say")("echo 'C:\\'")


if __name__ == "__main__":
    comments_move()
