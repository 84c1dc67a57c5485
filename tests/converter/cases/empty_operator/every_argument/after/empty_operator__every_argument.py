from prefect import flow, task


@task(name="start-here", retries=1, retry_delay_seconds=2, timeout_seconds=60)
def start_here():
    """Marks a place in the graph and does nothing."""


@flow(name="marks", log_prints=True)
def marks():
    start_here()


if __name__ == "__main__":
    marks()
