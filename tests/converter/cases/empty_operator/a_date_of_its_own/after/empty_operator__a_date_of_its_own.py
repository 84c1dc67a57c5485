from prefect import flow, task


@task
def start():
    """Marks a place in the graph and does nothing."""


@flow(name="marks", log_prints=True)
def marks():
    start()


if __name__ == "__main__":
    marks()
