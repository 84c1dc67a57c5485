from prefect import flow, task

from airflow_compat import TaskGraph


@task
def double(x):
    return x * 2


@task(name="double")
def double_task(*args, **kwargs):
    # dagferry[DF701]: dynamic task mapping has no conversion.
    # See `dagferry explain DF701`.
    #   double.expand(x=[1, 2, 3])
    raise NotImplementedError("double: convert dynamic task mapping by hand (DF701)")


@flow(name="doubles", log_prints=True)
def doubles():
    with TaskGraph() as graph:
        graph.add(double_task)
    return graph.leaves


if __name__ == "__main__":
    doubles()
