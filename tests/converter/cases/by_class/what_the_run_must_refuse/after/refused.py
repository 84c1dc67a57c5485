"""What is in the way for another reason than that it cannot be read."""

import json

from prefect import flow, task

OPTIONS = json.loads('{"retries": 1}')


@task
def outlets(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `outlets`, arguments spread with `**`.
    # See `dagferry explain DF301`.
    #   BashOperator(task_id="outlets", bash_command="true", outlets=["orders"], **OPTIONS)
    raise NotImplementedError(
        "outlets: convert the argument outlets, arguments spread with ** by hand (DF301)",
    )


@task
def script(*args, **kwargs):
    # dagferry[DF703]: no conversion for the template file `run.sh`, arguments spread with `**`.
    # See `dagferry explain DF703`.
    #   BashOperator(task_id="script", bash_command="run.sh", **OPTIONS)
    raise NotImplementedError(
        "script: convert the template file run.sh, arguments spread with ** by hand (DF703)",
    )


@flow(name="refused", log_prints=True)
def refused():
    outlets_run = outlets.submit()
    script_run = script.submit()
    return [outlets_run, script_run]


if __name__ == "__main__":
    refused()
