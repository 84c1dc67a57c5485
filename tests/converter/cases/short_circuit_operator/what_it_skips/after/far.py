from prefect import flow, task

from airflow_compat import TaskGraph, short_circuit


@task
def other():
    print("other")


@task(name="far")
def far_task():
    """Marks a place in the graph and does nothing."""


@task
def near():
    """Marks a place in the graph and does nothing."""


@task
def gone():
    """Marks a place in the graph and does nothing."""


@flow(name="far", log_prints=True)
def far():
    with TaskGraph() as graph:
        stop = graph.add(short_circuit(task(lambda: 0, name="stop")))
        far = graph.add(far_task, trigger_rule="all_done")
        stop >> graph.add(near) >> far
        graph.add(other) >> far
        go = graph.add(short_circuit(task(lambda: "yes", name="go")))
        go >> graph.add(gone)
        graph.add(short_circuit(task(lambda: [], name="alone")))
    return graph.leaves


if __name__ == "__main__":
    far()
