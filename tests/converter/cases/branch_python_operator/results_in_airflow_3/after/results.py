from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, branch


@task
def show(ti):
    print(ti.xcom_pull(task_ids="some"), ti.xcom_pull(task_ids="all"))


@task
def a():
    """Marks a place in the graph and does nothing."""


@task
def b():
    """Marks a place in the graph and does nothing."""


@flow(name="results", log_prints=True)
def results(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        some = graph.add(branch(task(lambda: "a", name="some")))
        every = graph.add(
            branch(task(lambda: ["show"], name="all")),
            trigger_rule="none_failed_min_one_success",
        )
        shown = graph.add(show)
        some >> [graph.add(a), graph.add(b)] >> every >> shown
    return graph.leaves


if __name__ == "__main__":
    results()
