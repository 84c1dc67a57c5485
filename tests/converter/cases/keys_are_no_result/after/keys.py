"""A task that pushes keys and returns nothing is an argument: what is given is its result, None."""

from prefect import flow, task

from airflow_compat import TaskGraph


@task
def pushes(ti=None):
    ti.xcom_push(key="a", value=1)
    ti.xcom_push(key="b", value=2)


@task
def takes(given):
    print(given)


@flow(name="keys", log_prints=True)
def keys():
    with TaskGraph() as graph:
        graph.add(
            takes,
            given=graph.add(
                pushes
            ),
        )
    return graph.leaves


if __name__ == "__main__":
    keys()
