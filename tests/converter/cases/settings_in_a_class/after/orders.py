from prefect import flow, task


@task
def load():
    return 1


@flow(name="orders", log_prints=True)
def orders():
    load.with_options(retries=2, retry_delay_seconds=300)()


@flow(name="late", log_prints=True)
def late():
    load()


@flow(name="nightly", log_prints=True)
def nightly():
    load()


if __name__ == "__main__":
    orders()
    late()
    nightly()
