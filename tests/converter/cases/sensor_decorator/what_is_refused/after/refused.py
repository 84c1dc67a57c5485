from prefect import flow, task


@task
def one():
    return True


@task
def two():
    return True


@task
def three():
    return True


@task(name="one")
def one_task(*args, **kwargs):
    # dagferry[DF303]: no conversion for `mode='sleep'`. See `dagferry explain DF303`.
    #   one()
    raise NotImplementedError("one: convert mode='sleep' by hand (DF303)")


@task(name="two")
def two_task(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `multiple_outputs`.
    # See `dagferry explain DF301`.
    #   two()
    raise NotImplementedError(
        "two: convert the argument multiple_outputs by hand (DF301)"
    )


@task(name="three")
def three_task(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `unknown`.
    # See `dagferry explain DF301`.
    #   three()
    raise NotImplementedError("three: convert the argument unknown by hand (DF301)")


@flow(name="refused", log_prints=True)
def refused():
    one_run = one_task.submit()
    two_run = two_task.submit()
    three_run = three_task.submit()
    return [one_run, two_run, three_run]


if __name__ == "__main__":
    refused()
