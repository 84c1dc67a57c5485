from datetime import datetime

from prefect import flow, task

from airflow_compat import PythonSensor, TaskGraph, airflow_run


def ready(ti):
    print(ti.task_id)
    return True


@flow(name="shared", log_prints=True)
def shared(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        ready_now = PythonSensor(task_id="wait", python_callable=ready)
        ready_now >> graph.add(task(ready, name="ask"))
    return graph.leaves


@flow(name="alone", log_prints=True)
def alone(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(task(ready, name="ask"))
    return graph.leaves


if __name__ == "__main__":
    shared()
    alone()
