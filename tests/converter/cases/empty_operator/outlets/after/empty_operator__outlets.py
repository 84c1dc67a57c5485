from prefect import flow, task


@task
def start(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `outlets`.
    # See `dagferry explain DF301`.
    #   EmptyOperator(task_id="start", outlets=["a table"])
    raise NotImplementedError("start: convert the argument outlets by hand (DF301)")


@flow(name="marks", log_prints=True)
def marks():
    start()


if __name__ == "__main__":
    marks()
