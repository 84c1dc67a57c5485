"""Orders."""

from prefect import flow, task


@task(name="first", retries=1, retry_delay_seconds=300)
def work():
    return 1


default_args = {"owner": "shop", "email": ["shop@example.com"], "retries": 1}


@task
def second(*args, **kwargs):
    # dagferry[DF301]: the argument `default_args` has no conversion.
    # See `dagferry explain DF301`.
    #   BashOperator(task_id="second", bash_command="true", default_args={"retries": 3})
    raise NotImplementedError(
        "second: convert the argument default_args by hand (DF301)"
    )


@flow(name="orders", log_prints=True)
def orders():
    work()
    second()
    # What it is.


if __name__ == "__main__":
    orders()
