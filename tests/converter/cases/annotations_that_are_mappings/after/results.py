"""A return annotation that is a mapping, in whatever way, splits the result by its keys."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Optional, TypedDict

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run
from shapes import Shape, Sized, Words

Alias = dict[str, int]


class Result(TypedDict):
    rows: int


class More(Result, total=False):
    columns: int


class Named(dict):
    pass


@task
def typed() -> Result:
    return {"rows": 1}


@task
def derived() -> "More":
    return {"rows": 2, "columns": 3}


@task
def aliased() -> Alias:
    return {"rows": 3}


@task
def ordered() -> OrderedDict:
    return OrderedDict(rows=4)


@task
def annotated() -> Annotated[Mapping[str, int], "sizes"]:
    return {"rows": 5}


@task
def elsewhere() -> Shape:
    return {"rows": 6}


@task
def functional() -> Sized:
    return {"rows": 7}


@task
def own() -> Named:
    return {"rows": 8}


@task
def optional() -> Optional[dict]:
    return {"rows": 9}


@task
def words() -> Words:
    return {"rows": 10}


@task
def said(ti=None):
    ids = "typed derived aliased ordered annotated elsewhere functional own optional words"
    for task_id in ids.split():
        print(task_id, ti.xcom_pull(task_ids=task_id, key="rows"))


@flow(name="results", log_prints=True)
def results(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        first = [
            graph.add(typed, multiple_outputs=True),
            graph.add(derived, multiple_outputs=True),
            graph.add(aliased, multiple_outputs=True),
            graph.add(ordered, multiple_outputs=True),
            graph.add(annotated, multiple_outputs=True),
        ]
        second = [
            graph.add(elsewhere, multiple_outputs=True),
            graph.add(functional, multiple_outputs=True),
            graph.add(own, multiple_outputs=True),
            graph.add(optional),
            graph.add(words),
        ]
        [*first, *second] >> graph.add(said)
    return graph.leaves


if __name__ == "__main__":
    results()
