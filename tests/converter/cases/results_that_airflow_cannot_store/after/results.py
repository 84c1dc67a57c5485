"""What Airflow cannot store as an XCom fails the task there; what it can is handed on."""

import re
from dataclasses import dataclass
from datetime import timedelta

from prefect import flow, task


class Plain:
    pass


@dataclass
class Row:
    number: int = 1


@task
def data():
    return b"data"


@task
def pattern():
    found = re.compile("x")
    return {"found": found}


@task
def an_object():
    return [Plain()]


@task
def keys():
    return {"a": 1}.keys()


@task
def fine():
    return [{1, 2}, (3,), timedelta(1), Row(), list(range(3)), len(range(4))]


@flow(name="results", log_prints=True)
def results():
    data_run = data.submit()
    pattern_run = pattern.submit()
    it = an_object.submit()
    keys_run = keys.submit()
    fine_run = fine.submit()
    return [data_run, pattern_run, it, keys_run, fine_run]


if __name__ == "__main__":
    results()
