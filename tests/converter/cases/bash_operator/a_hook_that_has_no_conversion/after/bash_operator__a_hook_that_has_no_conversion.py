from prefect import flow, task


@task
def say(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `outlets`.
    # See `dagferry explain DF301`.
    #   BashOperator(task_id="say", bash_command="echo hello", outlets=[print])
    raise NotImplementedError("say: convert the argument outlets by hand (DF301)")


@flow(name="shell", log_prints=True)
def shell():
    say()


if __name__ == "__main__":
    shell()
