from prefect import flow, task

from airflow_compat import TaskGraph, bash


@task(name="pull")
def pull_task(*args, **kwargs):
    # dagferry[DF303]: no conversion for an argument with `XComArg`.
    # See `dagferry explain DF303`.
    #   BashOperator(
    #       task_id="pull",
    #       bash_command="echo $VALUE",
    #       env={"VALUE": str(XComArg(push))},
    #       append_env=True,
    #   )
    raise NotImplementedError("pull: convert an argument with XComArg by hand (DF303)")


@flow(name="handed", log_prints=True)
def handed():
    with TaskGraph() as graph:
        push = graph.add(bash.with_options(name="push"), "echo 1")
        pull = graph.add(pull_task, push)
        push >> pull
    return graph.leaves


if __name__ == "__main__":
    handed()
