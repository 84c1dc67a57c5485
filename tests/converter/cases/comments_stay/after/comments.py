"""What people wrote stays where it was."""

from prefect import flow, task

LIMIT = 3  # a constant


# directly above a task
@task
def count():  # on its first line
    # inside
    number = LIMIT  # behind a statement

    # before the return
    return number


# above the DAG
@flow(name="comments", log_prints=True)
def comments():
    # the first task
    count.with_options(name="first")()  # behind it

    # the second task
    # why it is tried again
    count.with_options(name="second")()
    # the edge


# at the end
DONE = True


if __name__ == "__main__":
    comments()
