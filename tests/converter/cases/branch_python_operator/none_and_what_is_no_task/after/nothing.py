from prefect import flow, task

from airflow_compat import TaskGraph, branch


@task
def a():
    """Marks a place in the graph and does nothing."""


@task
def b():
    """Marks a place in the graph and does nothing."""


@task
def c():
    """Marks a place in the graph and does nothing."""


@task
def d():
    """Marks a place in the graph and does nothing."""


@task
def e():
    """Marks a place in the graph and does nothing."""


@flow(name="nothing", log_prints=True)
def nothing():
    with TaskGraph() as graph:
        none = graph.add(branch(task(lambda: None, name="none")))
        none >> [graph.add(a), graph.add(b)]
        empty = graph.add(branch(task(lambda: [], name="empty")))
        empty >> graph.add(c)
        wrong = graph.add(branch(task(lambda: "nowhere", name="wrong")))
        wrong >> graph.add(d)
        number = graph.add(branch(task(lambda: 3, name="number")))
        number >> graph.add(e, trigger_rule="all_failed")
        graph.add(branch(task(lambda: "a", name="last")))
    return graph.leaves


if __name__ == "__main__":
    nothing()
