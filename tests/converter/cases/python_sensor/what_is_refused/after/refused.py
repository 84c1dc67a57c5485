from prefect import flow, task


def ready(name="a"):
    return name


@task
def one(*args, **kwargs):
    # dagferry[DF404]: no conversion for a callable that is computed.
    # See `dagferry explain DF404`.
    #   PythonSensor(task_id="one", python_callable=partial(ready, "a"))
    raise NotImplementedError(
        "one: convert a callable that is computed by hand (DF404)"
    )


@task
def two(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `deferrable`.
    # See `dagferry explain DF301`.
    #   PythonSensor(task_id="two", python_callable=ready, deferrable=True)
    raise NotImplementedError("two: convert the argument deferrable by hand (DF301)")


@task
def three(*args, **kwargs):
    # dagferry[DF303]: no conversion for `mode='sleep'`. See `dagferry explain DF303`.
    #   PythonSensor(task_id="three", python_callable=ready, mode="sleep")
    raise NotImplementedError("three: convert mode='sleep' by hand (DF303)")


@task
def four(*args, **kwargs):
    # dagferry[DF303]: no conversion for a template that asks for `try_number`.
    # See `dagferry explain DF303`.
    #   PythonSensor(task_id="four", python_callable=ready, op_args=["{{ try_number }}"])
    raise NotImplementedError(
        "four: convert a template that asks for try_number by hand (DF303)"
    )


@flow(name="refused", log_prints=True)
def refused():
    one_run = one.submit()
    two_run = two.submit()
    three_run = three.submit()
    four_run = four.submit()
    return [one_run, two_run, three_run, four_run]


if __name__ == "__main__":
    refused()
