from prefect import flow, task

from airflow_compat import TaskGraph


@task
def work():
    return 1


def made(name):
    return TaskGraph.current().add(work.with_options(name=name))


@flow(name="block", log_prints=True)
def block():
    with TaskGraph() as graph:
        outside = made("outside")
        inside = graph.add(work.with_options(name="inside"))
        outside >> inside
    return graph.leaves


if __name__ == "__main__":
    block()
