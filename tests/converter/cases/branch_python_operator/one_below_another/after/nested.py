from prefect import flow, task

from airflow_compat import TaskGraph, branch


@task
def outer():
    return "inner"


@task
def inner():
    return ["warm", "cold"]


@task
def unreached():
    print("nobody asks")
    return "never"


@task
def empty():
    """Marks a place in the graph and does nothing."""


@task
def never():
    """Marks a place in the graph and does nothing."""


@flow(name="nested", log_prints=True)
def nested():
    with TaskGraph() as graph:
        first = graph.add(branch(outer))
        second = graph.add(branch(inner))
        third = graph.add(branch(unreached))
        first >> [second, third]
        second >> [
            graph.add(empty.with_options(name=name)) for name in ("warm", "cold", "hot")
        ]
        third >> graph.add(never)
    return graph.leaves


if __name__ == "__main__":
    nested()
