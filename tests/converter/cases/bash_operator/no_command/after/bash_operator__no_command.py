from prefect import flow, task


@task
def say(*args, **kwargs):
    # dagferry[DF303]: no conversion for a BashOperator without `bash_command`.
    # See `dagferry explain DF303`.
    #   BashOperator(task_id="say")
    raise NotImplementedError(
        "say: convert a BashOperator without bash_command by hand (DF303)"
    )


@flow(name="shell", log_prints=True)
def shell():
    say()


if __name__ == "__main__":
    shell()
