from prefect import flow, task

from airflow_compat import TaskGraph


@task
def read(ti):
    ti.xcom_push(key="numbers", value=[1, 2])


@task
def spoil(ti):
    numbers = ti.xcom_pull(task_ids="read", key="numbers")
    numbers.append(3)
    return numbers


@task
def show(ti):
    return ti.xcom_pull(task_ids="read", key="numbers")


@flow(name="hands", log_prints=True)
def hands():
    with TaskGraph() as graph:
        a = graph.add(read)
        b = graph.add(spoil)
        c = graph.add(show)
        a >> b >> c
    return graph.leaves


if __name__ == "__main__":
    hands()
