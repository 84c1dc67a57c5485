from prefect import flow
from prefect import task as prefect_task

from airflow_compat import TaskGraph


@prefect_task
def work():
    print("work", LIMIT)


LIMIT = 3


@prefect_task
def end():
    """Marks a place in the graph and does nothing."""


@flow(name="begins", log_prints=True)
def begins():
    with TaskGraph() as graph:
        last = None
        made = []
        for name in ("a", "b"):
            task = graph.add(work.with_options(name=name))
            if last:
                last >> task
            last = task
            made.append(task)
        made >> graph.add(end)
    return graph.leaves


if __name__ == "__main__":
    begins()
