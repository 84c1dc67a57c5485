from prefect import flow, task


@task
def check():
    return True


@task(name="check")
def check_task(*args, **kwargs):
    # dagferry[DF303]: no conversion for the value of `ignore_downstream_trigger_rules`.
    # See `dagferry explain DF303`.
    #   check()
    raise NotImplementedError(
        "check: convert the value of ignore_downstream_trigger_rules by hand (DF303)"
    )


@flow(name="refused", log_prints=True)
def refused():
    check_task()


if __name__ == "__main__":
    refused()
