import os

from prefect import flow, task

from airflow_compat import TaskGraph, TaskGroup


@task
def say(*args, **kwargs):
    # dagferry[DF305]: a task whose group's `default_args` are computed has no conversion.
    # See `dagferry explain DF305`.
    #   BashOperator(task_id="say", bash_command="echo hello")
    raise NotImplementedError(
        "say: convert a task whose group's default_args are computed by hand (DF305)"
    )


@task(name="say")
def say_task(*args, **kwargs):
    # dagferry[DF306]: a call in groups with different `default_args` has no conversion.
    # See `dagferry explain DF306`.
    #   BashOperator(task_id="say", bash_command="echo hello")
    raise NotImplementedError(
        "say: convert a call in groups with different default_args by hand (DF306)"
    )


@flow(name="grouped", log_prints=True)
def grouped():
    with TaskGraph() as graph:
        with TaskGroup("group", default_args=dict(os.environ)):
            graph.add(say)
        for tries in (1, 2):
            with TaskGroup(f"tries_{tries}", default_args={"retries": tries}):
                graph.add(say_task)
    return graph.leaves


if __name__ == "__main__":
    grouped()
