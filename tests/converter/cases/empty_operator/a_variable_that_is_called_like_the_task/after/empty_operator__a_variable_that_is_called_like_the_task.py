from prefect import flow, task


@task
def start():
    """Marks a place in the graph and does nothing."""


@task
def left():
    """Marks a place in the graph and does nothing."""


@task
def right():
    """Marks a place in the graph and does nothing."""


@flow(name="marks", log_prints=True)
def marks():
    start_run = start.submit()
    left_run = left.submit(wait_for=[start_run])
    right_run = right.submit(wait_for=[start_run])
    return [left_run, right_run]


if __name__ == "__main__":
    marks()
