from prefect import flow, task

from airflow_compat import TaskGraph, branch


@task
def pick():
    return "a"


@task
def mapped(name):
    return name


@task(name="pick")
def pick_task(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `multiple_outputs`.
    # See `dagferry explain DF301`.
    #   pick()
    raise NotImplementedError(
        "pick: convert the argument multiple_outputs by hand (DF301)"
    )


@flow(name="refused", log_prints=True)
def refused():
    with TaskGraph() as graph:
        graph.add(pick_task)
        graph.add(branch(mapped), "pick")
    return graph.leaves


if __name__ == "__main__":
    refused()
