from prefect import flow, task

from airflow_compat import TaskGraph


@task
def first():
    return 1


def doubled(name, value):
    @task
    def double(number):
        return number * 2

    return TaskGraph.current().add(
        double.with_options(name=f"double_{name}"), value, unique=True
    )


@flow(name="nested", log_prints=True)
def nested():
    with TaskGraph() as graph:
        value = graph.add(first)
        doubled("once", value)
        doubled("again", doubled("twice", value))
    return graph.leaves


if __name__ == "__main__":
    nested()
