"""Every operator makes the changes of its kind, and leaves alone what is none."""

from __future__ import annotations

from textwrap import dedent

import pytest
from generate import mutants_of
from operators import NAMES

FLOW = '''
"""A file."""

from datetime import timedelta

from prefect import allow_failure, flow, task
from airflow_compat import TaskGraph, airflow_run

OWNER = "data"  # nothing reads it
WHEN = timedelta(hours=6)


@task(retries=2)
def load(table: "str", rows: int = 3):
    """Load a table."""
    if not table:
        raise ValueError("no table")
    print(table, rows)
    return rows > 2


@flow(name="etl", description="Loads.", log_prints=True)
def etl():
    run = airflow_run(WHEN, schedule="0 6 * * *", timezone="Europe/Zurich")
    first = load.submit("orders")
    second = load.submit("users", wait_for=[first, allow_failure(run)])
    return [first, second]


@flow
def direct():
    with TaskGraph() as graph:
        a, b, c = (graph.add(load, name, trigger_rule="all_done") for name in ["a", "b", "c"])
        a >> [b, c] >> a >> b


@flow
def plain():
    load("orders")


if __name__ == "__main__":
    etl()
'''
EXPECTED = {
    "drop a statement": {
        "WHEN = timedelta(hours=6)",
        "if not table: ...",
        'raise ValueError("no table")',
        "print(table, rows)",
        "return rows > 2",
        'run = airflow_run(WHEN, schedule="0 6 * * *", timezone="E...',
        'first = load.submit("orders")',
        'second = load.submit("users", wait_for=[first, allow_fail...',
        "return [first, second]",
        "with TaskGraph() as graph: ...",
        'a, b, c = (graph.add(load, name, trigger_rule="all_done")...',
        "a >> [b, c] >> a >> b",
        'load("orders")',
    },
    "drop an argument": {
        '"no table" of ValueError',
        "table of print",
        "rows of print",
        '"orders" of load.submit',
        '"users" of load.submit',
        "run of allow_failure",
        "WHEN of airflow_run",
        "load of graph.add",
        "name of graph.add",
        '"orders" of load',
    },
    "drop a keyword": {
        "hours=6 of timedelta",
        "retries=2 of task",
        'name="etl" of flow',
        "log_prints=True of flow",
        'schedule="0 6 * * *" of airflow_run',
        'timezone="Europe/Zurich" of airflow_run',
        "wait_for=[first, allow_failure(run)] of load.submit",
        'trigger_rule="all_done" of graph.add',
    },
    "drop a leaf": {"first", "second"},
    "drop an element": {
        '"a" of ["a", "b", "c"]',
        '"b" of ["a", "b", "c"]',
        '"c" of ["a", "b", "c"]',
    },
    "drop an edge": {
        "first of wait_for=[first, allow_failure(run)]",
        "allow_failure(run) of wait_for=[first, allow_failure(run)]",
        "b of a >> [b, c] >> a >> b",
        "a >> [b, c] of a >> [b, c] >> a",
        "a of a >> [b, c] >> a",
        "a of a >> [b, c]",
        "[b, c] of a >> [b, c]",
        "b of a >> [b, c]",
        "c of a >> [b, c]",
    },
    "change a number": {"6 -> 7", "2 -> 3", "3 -> 4"},
    "change a string": {
        '"no table" -> "no tablex"',
        '"etl" -> "etlx"',
        '"orders" -> "ordersx"',
        '"users" -> "usersx"',
        '"a" -> "ax"',
        '"b" -> "bx"',
        '"c" -> "cx"',
    },
    "swap arguments": {"table, rows of print", "load, name of graph.add"},
    "call for submit": {
        'load.submit("orders")',
        'load.submit("users", wait_for=[first, allow_failure(run)])',
    },
    "negate": {"not table -> not (not table)", "rows > 2 -> not (rows > 2)", "True -> False"},
    "other rule": {
        '"all_done" -> "all_success"',
        '"all_done" -> "one_success"',
        '"all_done" -> "none_failed"',
        '"all_done" -> "all_failed"',
        "allow_failure(run) -> run",
    },
    "other schedule": {'"0 6 * * *" -> "30 3 * * 2"'},
    "other time zone": {'"Europe/Zurich" -> "Asia/Tokyo"'},
    "swallow an exception": {"in load", "in plain"},
}


@pytest.mark.parametrize("operator", EXPECTED)
def test_the_changes_of_a_flow(operator):
    found = mutants_of("samples/etl", "etl.py", FLOW)
    assert {one.shown for one in found if one.operator == operator} == EXPECTED[operator]


DEPLOYMENTS = """
deployments:
  - name: etl
    entrypoint: etl.py:etl
    description: Loads.
    tags: [a, b]
    concurrency_limit: 2
    work_pool: {name: default}
    schedules:
      - {cron: "0 6 * * *", timezone: Europe/Zurich}
      - {interval: 60, anchor_date: "2024-01-01T00:00:00+00:00", timezone: UTC}
"""


def test_the_changes_of_a_deployment():
    found = mutants_of("samples/etl", "prefect.yaml", dedent(DEPLOYMENTS))
    assert {(one.operator, one.shown) for one in found} == {
        ("other schedule", "0 6 * * * -> 30 3 * * 2"),
        ("other schedule", "active: false"),
        ("other schedule", "interval + 60"),
        ("other schedule", "anchor_date + 10 minutes"),
        ("other schedule", "0 6 * * * dropped"),
        ("other schedule", "60 dropped"),
        ("other time zone", "Europe/Zurich -> Asia/Tokyo"),
        ("other time zone", "Europe/Zurich -> None"),
        ("other time zone", "UTC -> Asia/Tokyo"),
        ("other limit", "2 -> 3"),
        ("drop a setting", "name"),
        ("drop a setting", "entrypoint"),
        ("drop a setting", "tags"),
        ("drop a setting", "tag a"),
        ("drop a setting", "tag b"),
        ("drop a setting", "concurrency_limit"),
        ("drop a setting", "schedules"),
        ("drop a setting", "the deployment"),
    }
    assert {one.entrypoint for one in found} == {"etl.py:etl"}


def test_every_operator_is_shown_here():
    assert {*EXPECTED, "other limit", "drop a setting"} == set(NAMES)


def test_mutants_have_names_of_their_own_and_the_same_order_each_time():
    first, again = (mutants_of("samples/etl", "etl.py", FLOW) for _ in range(2))
    assert first == again
    assert len({one.id for one in first}) == len({one.text for one in first}) == len(first)


def test_a_name_does_not_change_with_the_line():
    lower = mutants_of("samples/etl", "etl.py", FLOW.replace("WHEN =", "\n\nWHEN ="))
    assert [one.id for one in lower] == [
        one.id for one in mutants_of("samples/etl", "etl.py", FLOW)
    ]
