"""What verify must not call different, and what it still must."""

from __future__ import annotations

import pytest
from dagferry.parity.compare import compare_runs, verdict
from dagferry.parity.manifest import TaskFacts
from dagferry.parity.report import DagReport, why_incomplete
from parity_build import callback, check, comparison, dag_task, document, flow_task


def dag(*tasks, **changes):
    return document("airflow", list(tasks), **changes)


def flow(*tasks, **changes):
    return document("prefect", list(tasks), **changes)


LINE = "line 1: nosuchcommand: command not found"


def called(left: str, right: str, event: str = "on_failure"):
    states = {"callbacks": [callback(event, left, "a")]}
    return check(
        "callbacks",
        dag(dag_task("a"), **states),
        flow(flow_task("a"), callbacks=[callback("on_failure", right, "a")]),
    )


def test_a_partial_has_no_name_on_either_side():
    found = called("partial", "hook")
    assert (found.verdict, found.leniencies) == ("equal", (("unnamed callback", "a"),))


@pytest.mark.parametrize(
    ("left", "right", "event"),
    [
        ("partial", "other", "on_failure"),
        ("notify", "hook", "on_failure"),
        ("partial", "hook", "on_success"),
    ],
)
def test_another_callback_is_another(left, right, event):
    assert called(left, right, event).verdict == "different"


def test_a_callback_more_is_one_more():
    left = dag(dag_task("a"), callbacks=[callback("on_failure", "partial", "a")])
    right = flow(flow_task("a"), callbacks=[callback("on_failure", "hook", "a")] * 2)
    assert check("callbacks", left, right).verdict == "different"


def printed(left: str, right: str):
    return check("effects", dag(dag_task("a", prints=[left])), flow(flow_task("a", prints=[right])))


def test_the_path_of_the_shell_does_not_count():
    found = printed(f"/usr/bin/bash: {LINE}", f"bash: {LINE}")
    assert (found.verdict, found.leniencies) == ("equal", (("shell prefix", "a.prints"),))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (f"/usr/bin/bash: {LINE}", f"bash: {LINE.replace('1', '2')}"),
        (f"/usr/bin/bash: {LINE}", "bash: done"),
        ("/usr/bin/bash: done", "bash: done"),
        (f"/usr/bin/bash: {LINE}", LINE),
    ],
)
def test_what_the_shell_says_counts(left, right):
    assert printed(left, right).verdict == "different"


def test_an_incomplete_dag_says_why_in_one_line():
    facts = TaskFacts("a", grade="manual")
    found = compare_runs(comparison(dag(dag_task("a")), flow(flow_task("a")), facts))
    assert verdict(found) == "incomplete"
    said = why_incomplete(DagReport("etl", "etl.py", found))
    assert "\n" not in said
    assert said.startswith("converted by hand: the flow has a stub")


def test_a_dag_that_could_not_be_run_says_why_and_nothing_else():
    report = DagReport.failed("etl", "etl.py", "the DAG could not be run: no such file")
    assert why_incomplete(report) == "the DAG could not be run: no such file"
