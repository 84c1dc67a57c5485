"""Every argument that has no conversion is named, and not the first alone."""

from prefect import flow, task


@task
def many(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `pre_execute`, the argument `post_execute`, the trigger rule `nearly`, the template file `run.sh`, the argument `no_such_argument`.
    # See `dagferry explain DF301`.
    #   BashOperator(
    #       task_id="many",
    #       bash_command="run.sh",
    #       pre_execute=print,
    #       post_execute=print,
    #       trigger_rule="nearly",
    #       no_such_argument=1,
    #   )
    raise NotImplementedError(
        "many: convert the argument pre_execute, the argument post_execute, the trigger rule nearly, the template file run.sh, the argument no_such_argument by hand (DF301)",
    )


@flow(name="refused", log_prints=True)
def refused():
    many()


if __name__ == "__main__":
    refused()
