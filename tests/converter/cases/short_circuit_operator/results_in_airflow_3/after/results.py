from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, short_circuit


@task
def show(ti):
    print(ti.xcom_pull(task_ids="stop"), ti.xcom_pull(task_ids="go"))


@task
def stopped():
    """Marks a place in the graph and does nothing."""


@flow(name="results", log_prints=True)
def results(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        stop = graph.add(
            short_circuit(
                task(lambda: 0, name="stop"), ignore_downstream_trigger_rules=False
            ),
        )
        go = graph.add(short_circuit(task(lambda: "yes", name="go")))
        last = graph.add(show, trigger_rule="none_failed")
        stop >> graph.add(stopped) >> last
        go >> last
    return graph.leaves


if __name__ == "__main__":
    results()
