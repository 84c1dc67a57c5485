from prefect import flow, task


@task
def say(*args, **kwargs):
    # dagferry[DF301]: the argument `on_retry_callback` has no conversion.
    # See `dagferry explain DF301`.
    #   BashOperator(task_id="say", bash_command="echo hello", on_retry_callback=print)
    raise NotImplementedError(
        "say: convert the argument on_retry_callback by hand (DF301)"
    )


@flow(name="shell", log_prints=True)
def shell():
    say()


if __name__ == "__main__":
    shell()
