from prefect import flow, task


def check():
    return True


@task
def one(*args, **kwargs):
    # dagferry[DF303]: no conversion for the value of `ignore_downstream_trigger_rules`.
    # See `dagferry explain DF303`.
    #   ShortCircuitOperator(
    #       task_id="one",
    #       python_callable=check,
    #       ignore_downstream_trigger_rules="NEAR" in environ,
    #   )
    raise NotImplementedError(
        "one: convert the value of ignore_downstream_trigger_rules by hand (DF303)"
    )


@task
def two(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `unknown`.
    # See `dagferry explain DF301`.
    #   ShortCircuitOperator(task_id="two", python_callable=check, unknown=1)
    raise NotImplementedError("two: convert the argument unknown by hand (DF301)")


@flow(name="refused", log_prints=True)
def refused():
    one_run = one.submit()
    two_run = two.submit()
    return [one_run, two_run]


if __name__ == "__main__":
    refused()
