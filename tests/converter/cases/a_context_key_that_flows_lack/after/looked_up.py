from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


@task
def read(**kwargs):
    return kwargs["conf"].get("core", "dags_folder")


@task
def get(**kwargs):
    return len(kwargs.get("inlet_events", ()))


@task
def ask(**context):
    return "test_mode" in context


@task
def of_three(**context):
    return context["partition_key"]


@task
def nested(**context):
    return [context["outlets"] for _ in range(2)]


@task
def given(**kwargs):
    return kwargs["conf"]


@task
def absent(**kwargs):
    return kwargs.get("exception", "none")


@task
def own(conf):
    kwargs = {"conf": conf}
    return kwargs["conf"]


@flow(name="looked_up", log_prints=True)
def looked_up(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(read)
        graph.add(get)
        graph.add(ask)
        graph.add(of_three)
        graph.add(nested)
        graph.add(given, conf=1)
        graph.add(absent)
        graph.add(own, conf=1)
    return graph.leaves


if __name__ == "__main__":
    looked_up()
