"""`do_xcom_push=False`: what a task returns is nobody's to pull."""

from prefect import flow, task

from airflow_compat import TaskGraph, bash


@task
def make():
    return 1


@task
def show(ti):
    print(ti.xcom_pull(task_ids="make"), ti.xcom_pull(task_ids="say"))


@flow(name="quiet", log_prints=True)
def quiet():
    with TaskGraph() as graph:
        first = graph.add(make, do_xcom_push=False)
        second = graph.add(
            bash.with_options(name="say"), "echo said", do_xcom_push=False
        )
        third = graph.add(show)
        first >> second >> third
    return graph.leaves


@flow(name="alone", log_prints=True)
def alone():
    with TaskGraph() as graph:
        graph.add(make, do_xcom_push=False)
        graph.add(make.with_options(name="again"))
    return graph.leaves


if __name__ == "__main__":
    quiet()
    alone()
