from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, on_success


def done(context):
    print("done", context["ti"].task_id)


@task
def work():
    return 1


def build(table):
    @flow(name=f"etl_{table}", on_completion=[on_success(done)], log_prints=True)
    def dag(logical_date: datetime | None = None):
        run = airflow_run(logical_date)
        with TaskGraph(run) as graph:
            graph.add(work.with_options(name=f"load_{table}"))
        return graph.leaves

    return dag


a = build("a")
b = build("b")
