"""Traces that are saved in one place and compared in another."""

from __future__ import annotations

import json

import pytest
from dagferry.parity import TraceError
from dagferry.parity.manifest import Subject
from dagferry.parity.saved import Asked, SavedTraces, SavedTracesError, save
from dagferry.parity.side import Recorded
from dagferry.parity.trace import Trace
from parity_build import dag_task, document

ASKED = Asked({"n": 1}, {}, "2024-01-01")


def trace(**changes):
    asked = {"conf": {"n": 1}, "variables": None}
    return document("airflow", [dag_task("a")], **{"asked": asked, "files": {}, **changes})


def read(tmp_path, *documents):
    for at, one in enumerate(documents):
        (tmp_path / f"{at}.json").write_text(json.dumps(one))
    return SavedTraces.read(tmp_path)


def test_a_saved_trace_is_found_by_its_dag(tmp_path):
    found = read(tmp_path, trace()).find("etl", "etl.py", ASKED)
    assert (found.trace.name, found.files, found.reason) == ("etl", {}, "")


def test_a_trace_that_was_saved_is_read_again(tmp_path):
    recorded = Recorded(Trace.from_json(trace()), {"out.txt": "1f"}, document=trace())
    save(tmp_path, Subject("etl", "jobs/etl.py", "etl.py"), recorded, ASKED)
    (file,) = tmp_path.rglob("*.json")
    assert file.relative_to(tmp_path).as_posix() == "airflow/etl@jobs%2Fetl.py.json"
    again = SavedTraces.read(tmp_path).find("etl", "jobs/etl.py", ASKED)
    assert (again.trace, again.files) == (
        Trace.from_json({**trace(), "subject": {"path": "jobs/etl.py", "name": "etl"}}),
        {"out.txt": "1f"},
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"asked": {"conf": {"n": 2}, "variables": None}}, 'recorded with conf {"n": 2}'),
        ({"asked": {"conf": {"n": 1}, "variables": "9a"}}, "recorded with variables others"),
        (
            {"asked": {"conf": {"n": 1}, "variables": None, "stubs": "9a"}},
            "recorded with stubs others: give the same --stubs",
        ),
        ({"asked": None}, "does not say with which conf and variables"),
        ({"logical_date": "2024-01-02T00:00:00+00:00"}, "not for 2024-01-01"),
        ({"run": {}}, "trace.run"),
    ],
)
def test_a_trace_of_another_run_is_not_compared(tmp_path, changes, reason):
    found = read(tmp_path, trace(**changes)).find("etl", "etl.py", ASKED)
    assert found.trace is None
    assert reason in found.reason


def test_a_trace_that_was_recorded_without_the_stubs_is_not_compared(tmp_path):
    asked = Asked({"n": 1}, {"stubs": "9a"}, "2024-01-01")
    found = read(tmp_path, trace()).find("etl", "etl.py", asked)
    assert "it was recorded with stubs none: give the same --stubs to verify" in found.reason


def test_a_dag_without_a_trace_is_named(tmp_path):
    found = read(tmp_path, trace()).find("other", "etl.py", ASKED)
    assert found.reason == "there is no saved trace of other"


def test_two_traces_of_one_dag_are_not_chosen_between(tmp_path):
    found = read(tmp_path, trace(), trace()).find("etl", "etl.py", ASKED)
    assert "there are several saved traces of etl" in found.reason


def test_another_version_of_the_schema_is_refused(tmp_path):
    with pytest.raises(TraceError, match=r"version: expected 1, found 7: record it again"):
        read(tmp_path, trace(version=7))


@pytest.mark.parametrize("text", ["[]", "{}", "no json"])
def test_what_is_no_trace_is_refused(tmp_path, text):
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(SavedTracesError, match="expected a trace in"):
        SavedTraces.read(tmp_path)


def test_a_folder_without_traces_is_refused(tmp_path):
    with pytest.raises(SavedTracesError, match="expected traces of Airflow in"):
        SavedTraces.read(tmp_path)
