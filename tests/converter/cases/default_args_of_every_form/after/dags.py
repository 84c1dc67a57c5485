import copy
import os
from datetime import datetime, timedelta

from prefect import flow

from airflow_compat import BashOperator, TaskGraph, airflow_run, bash, on_failure
from shared import BASE

D = {"retries": 2, "retry_delay": timedelta(minutes=1)}
A = {"start_date": datetime(2024, 1, 1), "schedule": None, "catchup": False}


def notify(context):
    print(context["dag"].dag_id)


def helper(retries, **more):
    options = {"retries": retries, "on_failure_callback": notify}
    options.update(more)
    return options


@flow(name="function", log_prints=True)
def function(logical_date: datetime | None = None):
    airflow_run(logical_date)
    bash.with_options(
        name="say", retries=3, retry_delay_seconds=30, on_failure=[on_failure(notify)]
    )("true")


@flow(name="called", log_prints=True)
def called():
    bash.with_options(name="say", retries=1, retry_delay_seconds=60)("true")


@flow(name="joined", log_prints=True)
def joined():
    bash.with_options(name="say", retries=4, retry_delay_seconds=60)("true")


@flow(name="spread", log_prints=True)
def spread():
    bash.with_options(
        name="say", retries=2, retry_delay_seconds=60, timeout_seconds=3600
    )("true")


COPIED = D.copy()
COPIED["retries"] = 5


@flow(name="copied", log_prints=True)
def copied():
    bash.with_options(name="say", retries=5, retry_delay_seconds=60)("true")


DEEP = copy.deepcopy(BASE)
DEEP.update(retries=6)
DEEP.update({"trigger_rule": "all_done"})


@flow(name="updated", log_prints=True)
def updated():
    with TaskGraph() as graph:
        graph.add(
            bash.with_options(name="say", retries=6, retry_delay_seconds=300),
            "true",
            trigger_rule="all_done",
        )
    return graph.leaves


@flow(name="elsewhere", log_prints=True)
def elsewhere():
    bash.with_options(name="say", retries=7, retry_delay_seconds=300)("true")


# What a branch changes, only a run knows: the call keeps its spelling.
DOUBTED = dict(D)
if os.environ.get("ENV") == "prod":
    DOUBTED["retries"] = 9
    DOUBTED.update(retry_delay=timedelta(minutes=9))


@flow(name="doubted", log_prints=True)
def doubted(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run, default_args=DOUBTED) as graph:
        BashOperator(task_id="say", bash_command="true")
        BashOperator(task_id="own", bash_command="true", retries=1)
    return graph.leaves


@flow(name="unknown", log_prints=True)
def unknown(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run, default_args=dict(os.environ)) as graph:
        BashOperator(task_id="say", bash_command="true")
    return graph.leaves


if __name__ == "__main__":
    function()
    called()
    joined()
    spread()
    copied()
    updated()
    elsewhere()
    doubted()
    unknown()
