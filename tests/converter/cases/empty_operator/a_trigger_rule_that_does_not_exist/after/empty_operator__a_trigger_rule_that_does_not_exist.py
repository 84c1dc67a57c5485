from prefect import flow, task


@task
def start(*args, **kwargs):
    # dagferry[DF304]: no conversion for the trigger rule `all_well`.
    # See `dagferry explain DF304`.
    #   EmptyOperator(task_id="start", trigger_rule="all_well")
    raise NotImplementedError(
        "start: convert the trigger rule all_well by hand (DF304)"
    )


@flow(name="marks", log_prints=True)
def marks():
    start()


if __name__ == "__main__":
    marks()
