from prefect import flow, task


@task
def one():
    """Marks a place in the graph and does nothing."""


@task
def two():
    """Marks a place in the graph and does nothing."""


@flow(name="marks", log_prints=True)
def marks():
    one()
    two()


if __name__ == "__main__":
    marks()
