from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, template


@task
def make():
    return ["a", "b"]


@task
def made():
    return {"x": 1}


@task
def two(x, y=None):
    return [x, y]


@flow(name="direct", log_prints=True)
def direct():
    with TaskGraph() as graph:
        rows = graph.add(make)
        names = graph.add(made)
        graph.add(two.with_options(name="left"), *template(rows.output))
        graph.add(two.with_options(name="right"), **template(names.output))
    return graph.leaves


@flow(name="inside", log_prints=True)
def inside(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        rows = graph.add(make)
        given = [rows.output, "{{ ds }}"]
        graph.add(two.with_options(name="args"), *template(given))
        named = {"x": rows.output, "y": "{{ ds }}"}
        graph.add(two.with_options(name="kwargs"), **template(named))
        later = rows.output
        graph.add(two.with_options(name="later"), *template(later))
    return graph.leaves


if __name__ == "__main__":
    direct()
    inside()
