"""With `multiple_outputs` a result without strings as keys fails its task in Airflow."""

from prefect import flow, task


@task
def numbers() -> dict:
    return {1: "one"}


@task
def listed():
    rows = [1, 2]
    return rows


@task
def not_split() -> dict:
    return {1: "one"}


@task
def nested() -> dict:
    return {"inner": {1: "one"}}


@task
def nothing() -> dict:
    return None


@task(name="numbers")
def numbers_task(*args, **kwargs):
    # dagferry[DF412]: no conversion for a dict with keys that are no strings, returned with `multiple_outputs`.
    # See `dagferry explain DF412`.
    #   numbers()
    raise NotImplementedError(
        "numbers: convert a dict with keys that are no strings, returned with multiple_outputs, by hand (DF412)",
    )


@task(name="listed")
def listed_task(*args, **kwargs):
    # dagferry[DF412]: no conversion for a value that is no dict, returned with `multiple_outputs`.
    # See `dagferry explain DF412`.
    #   listed()
    raise NotImplementedError(
        "listed: convert a value that is no dict, returned with multiple_outputs, by hand (DF412)",
    )


@flow(name="results", log_prints=True)
def results():
    numbers_run = numbers_task.submit()
    listed_run = listed_task.submit()
    not_split_run = not_split.submit()
    nested_run = nested.submit()
    nothing_run = nothing.submit()
    return [numbers_run, listed_run, not_split_run, nested_run, nothing_run]


if __name__ == "__main__":
    results()
