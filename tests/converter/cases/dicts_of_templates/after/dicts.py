"""`templates_dict` is rendered and reaches the callable by its context."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, template


@task
def named(templates_dict):
    print(templates_dict["day"])


@task
def looked_up(**context):
    print(context["templates_dict"]["word"])


def idle():
    print("idle")


@flow(name="dicts", log_prints=True)
def dicts(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(named, templates_dict=template({"day": "{{ ds }}"}))
        graph.add(looked_up, templates_dict={"word": "plain"})
    return graph.leaves


if __name__ == "__main__":
    dicts()
