"""A return annotation that is a mapping, in whatever way, splits the result by its keys."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Optional, TypedDict

from airflow.decorators import dag, task

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


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def results():
    first = [typed(), derived(), aliased(), ordered(), annotated()]
    second = [elsewhere(), functional(), own(), optional(), words()]
    [*first, *second] >> said()


results()
