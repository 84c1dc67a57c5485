from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, mapped, template

DAYS = ["{{ ds }}", "{{ macros.ds_add(ds, 1) }}"]


@task
def texts():
    return ["{{ ds }}", "plain"]


@task
def show(word, other=None):
    print(word, other)
    return word


@flow(name="templates", log_prints=True)
def templates(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        mapped(show, unique=True).partial(other=template("{{ ds_nodash }}")).expand(
            word=template(["{{ ts }}", "plain"])
        )
        mapped(show, unique=True).expand(word=template(DAYS), other=graph.add(texts))
        mapped(show, unique=True).expand(word=template({"today": "{{ ds }}"}))
    return graph.leaves


if __name__ == "__main__":
    templates()
