from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, short_circuit


@task
def check(value):
    return value


@task
def show(ti):
    print(ti.xcom_pull(task_ids="check"))


@task
def work():
    print("work")


@flow(name="checks", log_prints=True)
def checks(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        last = graph.add(show, trigger_rule="none_failed")
        graph.add(short_circuit(check), "yes", unique=True) >> last
        graph.add(short_circuit(check), None, unique=True) >> graph.add(work)
    return graph.leaves


if __name__ == "__main__":
    checks()
