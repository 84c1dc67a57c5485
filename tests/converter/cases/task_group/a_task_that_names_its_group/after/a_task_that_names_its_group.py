from prefect import flow, task

from airflow_compat import TaskGraph, TaskGroup


@task
def say(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `task_group`.
    # See `dagferry explain DF301`.
    #   BashOperator(task_id="say", bash_command="echo hello", task_group=group)
    raise NotImplementedError("say: convert the argument task_group by hand (DF301)")


@flow(name="grouped", log_prints=True)
def grouped():
    with TaskGraph() as graph:
        group = TaskGroup("group")
        graph.add(say, group)
    return graph.leaves


if __name__ == "__main__":
    grouped()
