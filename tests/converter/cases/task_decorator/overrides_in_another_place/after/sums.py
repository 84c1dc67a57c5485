from prefect import flow, task


@task(name="good", retries=1, retry_delay_seconds=300)
def add(x):
    return x + 1


@task(name="add")
def add_task(*args, **kwargs):
    # dagferry[DF404]: no conversion for a task function with `.override(...)` in another place.
    # See `dagferry explain DF404`.
    #   more(1)
    raise NotImplementedError(
        "add: convert a task function with .override(...) in another place by hand (DF404)",
    )


@task
def twice(*args, **kwargs):
    # dagferry[DF404]: no conversion for a task function with `.override(...)` in another place.
    # See `dagferry explain DF404`.
    #   add.override(retries=1).override(task_id="twice")(2)
    raise NotImplementedError(
        "twice: convert a task function with .override(...) in another place by hand (DF404)",
    )


@flow(name="sums", log_prints=True)
def sums():
    more = add.override(task_id="more", retries=2)
    print(more)
    more_run = add_task.with_options(name="more").submit()
    twice_run = twice.submit()
    good = add.submit(3)
    return [more_run, twice_run, good]


if __name__ == "__main__":
    sums()
