"""Airflow 2 does not await what an `async def` gives."""

from prefect import flow, task


async def fetch():
    return 1


@task
async def load():
    return 2


@task(name="fetch")
def fetch_task(*args, **kwargs):
    # dagferry[DF413]: no conversion for `fetch`, an `async def` that Airflow 2 does not await.
    # See `dagferry explain DF413`.
    #   PythonOperator(task_id="fetch", python_callable=fetch)
    raise NotImplementedError(
        "fetch: convert fetch, an async def that Airflow 2 does not await, by hand (DF413)",
    )


@task(name="load")
def load_task(*args, **kwargs):
    # dagferry[DF413]: no conversion for `load`, an `async def` that Airflow 2 does not await.
    # See `dagferry explain DF413`.
    #   load()
    raise NotImplementedError(
        "load: convert load, an async def that Airflow 2 does not await, by hand (DF413)",
    )


@flow(name="fetching", log_prints=True)
def fetching():
    fetch_run = fetch_task.submit()
    load_run = load_task.submit()
    return [fetch_run, load_run]


if __name__ == "__main__":
    fetching()
