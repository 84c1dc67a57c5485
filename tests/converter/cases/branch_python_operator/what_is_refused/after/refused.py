from prefect import flow, task

from airflow_compat import TaskGraph, branch


def pick(name="a"):
    return name


@task
def one(*args, **kwargs):
    # dagferry[DF404]: no conversion for a callable that is computed.
    # See `dagferry explain DF404`.
    #   BranchPythonOperator(task_id="one", python_callable=partial(pick, "a"))
    raise NotImplementedError(
        "one: convert a callable that is computed by hand (DF404)"
    )


@task
def two(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `multiple_outputs`.
    # See `dagferry explain DF301`.
    #   BranchPythonOperator(
    #       task_id="two", python_callable=pick, multiple_outputs=True
    #   )
    raise NotImplementedError(
        "two: convert the argument multiple_outputs by hand (DF301)"
    )


@task
def three(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `retry`.
    # See `dagferry explain DF301`.
    #   BranchPythonOperator(task_id="three", python_callable=pick, retry="x")
    raise NotImplementedError("three: convert the argument retry by hand (DF301)")


@task
def a():
    """Marks a place in the graph and does nothing."""


@flow(name="refused", log_prints=True)
def refused():
    with TaskGraph() as graph:
        computed = graph.add(one)
        several = graph.add(two)
        unknown = graph.add(three)
        good = graph.add(branch(task(pick, name="four")))
        [computed, several, unknown, good] >> graph.add(a)
    return graph.leaves


if __name__ == "__main__":
    refused()
