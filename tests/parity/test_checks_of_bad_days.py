"""Checks that say something where a run goes wrong: names, errors, what callbacks did, serialised tasks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dagferry.parity.serialised import serialised, told
from parity_build import callback, check, comparison, dag_task, document, flow_task, run

ERROR = "ValueError: no rows"


def failed(make, error, *errors, **changes):
    found = make("a", outcome="failed", error=error, **changes)
    return {**found, "errors": list(errors)} if errors else found


def fails(left, right):
    """The check of two runs that fail in their only task."""
    dag = document("airflow", [left], run=run("failed"))
    flow = document("prefect", [right], run=run("failed"))
    return check("errors", dag, flow)


@pytest.mark.parametrize(
    ("name", "expected"), [("etl", "equal"), ("ETL", "different"), ("nightly", "different")]
)
def test_the_flow_is_called_what_the_dag_is_called(name, expected):
    flow = document("prefect", [flow_task("a")], subject={"path": "etl.py", "name": name})
    assert check("names", [dag_task("a")], flow).verdict == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (ERROR, "equal"),
        ("ValueError: no row", "different"),
        ("KeyError: no rows", "different"),
        (None, "different"),
    ],
)
def test_the_last_error(other, expected):
    left, right = failed(dag_task, ERROR), failed(flow_task, other)
    assert fails(left, right).verdict == expected


def test_an_address_in_a_message_does_not_count():
    left = failed(dag_task, "TypeError: <object at 0x1>")
    found = fails(left, failed(flow_task, "TypeError: <object at 0x2>"))
    assert (found.verdict, found.leniencies) == ("equal", (("memory address", "a"),))


def test_a_time_out_is_named_by_each_engine():
    left = failed(dag_task, "AirflowTaskTimeout: Timeout, PID: 1")
    found = fails(left, failed(flow_task, "TaskRunTimeoutError: Scope timed out"))
    assert (found.verdict, found.leniencies) == ("equal", (("error of the engine", "a"),))
    assert fails(left, failed(flow_task, "TimeoutError: mine")).verdict == "different"


@pytest.mark.parametrize(
    ("tries", "expected"),
    [
        (("OSError: 1", ERROR), "equal"),
        (("OSError: 2", ERROR), "different"),
        ((ERROR,), "different"),
    ],
)
def test_the_errors_of_all_tries(tries, expected):
    left = failed(dag_task, ERROR, "OSError: 1", ERROR, tries=2)
    assert fails(left, failed(flow_task, ERROR, *tries, tries=2)).verdict == expected


def test_only_the_last_error_where_an_engine_lists_no_others():
    left = failed(dag_task, ERROR, "OSError: 1", ERROR, tries=2)
    assert fails(left, failed(flow_task, ERROR, tries=2)).detail == "1 compared"


def test_runs_without_errors_prove_nothing():
    assert check("errors", [dag_task("a")], [flow_task("a")]).vacuous


def ended(**changes):
    return {**callback("on_failure", "notify", "a"), "error": None, "prints": [], **changes}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({}, {}, "equal"),
        ({"prints": ["told"]}, {"prints": ["told"]}, "equal"),
        ({"prints": ["told"]}, {}, "different"),
        ({"error": "KeyError: 'ds'"}, {"error": "KeyError: 'ds'"}, "equal"),
        ({}, {"error": "KeyError: 'ds'"}, "different"),
        ({"error": "KeyError: 'ds'"}, {"error": "KeyError: 'ts'"}, "different"),
    ],
)
def test_how_a_callback_ended_and_what_it_printed(left, right, expected):
    dag = document("airflow", [dag_task("a")], callbacks=[ended(**left)])
    flow = document("prefect", [flow_task("a")], callbacks=[ended(**right)])
    assert check("callbacks", dag, flow).verdict == expected


def test_a_callback_of_which_an_engine_says_no_more_than_that_it_fired():
    dag = document("airflow", [dag_task("a")], callbacks=[ended(prints=["told"])])
    flow = document("prefect", [flow_task("a")], callbacks=[callback("on_failure", "notify", "a")])
    assert check("callbacks", dag, flow).verdict == "equal"


@pytest.mark.parametrize(
    ("waits", "pairs"),
    [({}, ()), ({"after": [0]}, (("a", "b"),)), ({"upstream": [0]}, (("a", "b"),))],
)
def test_serialised_tasks(waits, pairs):
    found = comparison([dag_task("a"), dag_task("b")], [flow_task("a"), flow_task("b", **waits)])
    assert serialised(found) == pairs


def test_an_edge_of_the_dag_is_not_serialised():
    dag = [dag_task("a"), dag_task("b", upstream=["a"])]
    assert serialised(comparison(dag, [flow_task("a"), flow_task("b", after=[0])])) == ()


def test_a_task_graph_forces_no_more_than_its_edges():
    flow = [flow_task("a"), flow_task("b", after=[0])]
    found = comparison([dag_task("a"), dag_task("b")], flow)
    subject = replace(found.subject, is_graph=True)
    assert serialised(replace(found, subject=subject)) == ()


def test_a_note_names_three_pairs_and_counts_the_others():
    assert told(()) == ""
    assert told((("a", "b"),)).endswith("side by side in the DAG: b waits for a")
    assert told((("a", "b"),) * 5).endswith("b waits for a and 2 more")


@pytest.mark.parametrize(
    ("lines", "unlogged", "expected"),
    [(["x"], True, "different"), (["x"], False, "equal"), ([], True, "not-checked")],
)
def test_what_is_printed_has_to_come_to_the_log(lines, unlogged, expected):
    flow = flow_task("a", prints=lines, **({"unlogged": True} if unlogged else {}))
    assert check("effects", [dag_task("a", prints=lines)], [flow]).verdict == expected
