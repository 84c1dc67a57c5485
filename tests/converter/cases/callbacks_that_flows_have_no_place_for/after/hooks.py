"""Prefect calls nothing back between two tries."""

from prefect import flow, task


@task
def tries(*args, **kwargs):
    # dagferry[DF301]: the argument `on_retry_callback`, the argument `on_skipped_callback` has no conversion.
    # See `dagferry explain DF301`.
    #   BashOperator(
    #       task_id="tries", bash_command="echo", on_retry_callback=print, on_skipped_callback=print
    #   )
    raise NotImplementedError(
        "tries: convert the argument on_retry_callback, the argument on_skipped_callback by hand (DF301)",
    )


@flow(name="hooks", log_prints=True)
def hooks():
    tries()


if __name__ == "__main__":
    hooks()
