from datetime import datetime

from prefect import flow

from airflow_compat import TaskGraph, Variable, airflow_run, bash, template

NAME = Variable.get("name", default_var="world")


@flow(name="hello", log_prints=True)
def hello(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(bash.with_options(name="greet"), template(f"echo {NAME}"))
    return graph.leaves


if __name__ == "__main__":
    hello()
