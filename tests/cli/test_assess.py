"""The first screen of `assess`, the whole of it with `--full`, and the other formats."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from cli_drive import GOOD, MANUAL, dagferry

SCHEDULED = GOOD.replace("schedule=None, catchup=False", 'schedule="@daily"').replace("good", "due")
SECOND = '    PythonOperator(task_id="two", python_callable=hello, odd=2)\n'
BOTH = MANUAL.replace("good", "stub") + SECOND


@pytest.fixture
def mixed(place):
    place.write("good.py", GOOD)
    place.write("due.py", SCHEDULED)
    place.write("stub.py", BOTH)
    return place


def test_it_opens_with_the_answer(mixed):
    lines = dagferry("assess", mixed.dags).out.splitlines()
    assert lines[0] == "3 DAGs, 4 tasks in 3 files (root: .)"
    table = {line[2:12].strip(): line.split()[-0:] for line in lines[2:5]}
    assert set(table) == {"ready", "to decide", "by hand"}
    assert [word for word in table["by hand"] if word.isdigit()] == ["1", "2"]


def test_all_that_stands_in_the_way_of_a_dag_is_said_at_once(mixed):
    out = dagferry("assess", mixed.dags).out
    way, _, decisions = out.partition("Would differ")
    assert "the argument `never_heard_of` (DF301)" in way
    assert "the argument `odd` (DF301)" in way
    assert "(DF202)" in decisions
    assert "DF202" not in way


def test_advisory_notes_are_one_line(mixed):
    out = dagferry("assess", mixed.dags).out
    notes = [line for line in out.splitlines() if "DF201" in line]
    assert notes == ["1 advisory note (DF201 1)"]


def test_it_says_where_to_start(mixed):
    out = dagferry("assess", mixed.dags).out
    assert "\nStart with: good\n" in out


def test_forty_lines_are_enough_for_any_folder(place):
    for number in range(30):
        name = f"dag_{number}"
        text = SCHEDULED.replace("due", name) + SECOND.replace("odd", f"odd_{number}")
        place.write(f"{name}.py", text)
        place.write(f"broken_{number}.py", "from airflow import (\n")
    lines = dagferry("assess", place.dags).out.splitlines()
    assert len(lines) <= 45
    assert any("18 more causes: --full" in line for line in lines)
    assert any("25 more: --full" in line for line in lines)


def test_a_factory_counts_as_many_dags_as_it_makes(place):
    text = GOOD.replace('with DAG("good"', 'def make(name):\n  with DAG(f"of_{name}"')
    text += "  return dag\n\n\nfor one in ['a', 'b', 'c']:\n    globals()[one] = make(one)\n"
    place.write("factory.py", text)
    assert dagferry("assess", place.dags).out.startswith("3 DAGs, 3 tasks in 1 file ")


def test_full_shows_every_finding_by_file_and_line(mixed):
    out = dagferry("assess", mixed.dags, "--full").out
    assert "due.py:11:1: DF202 required: " in out
    assert "due.py:11:1: DF201 advisory: " in out
    assert out.splitlines()[-1] == (
        "3 DAGs in 3 files; 4 tasks: 2 native, 0 adapted, 0 bridged, 2 manual;"
        " findings: 3 required, 1 advisory"
    )


def test_nothing_is_coloured_when_it_is_piped(mixed):
    result = dagferry("assess", mixed.dags, FORCE_COLOR="1")
    assert "\x1b" not in result.out + result.err


def test_a_required_finding_is_1_whatever_the_grade(place):
    place.write("due.py", SCHEDULED)
    assert dagferry("assess", place.dags).code == 1
    assert dagferry("convert", place.dags, "-o", place.out).code == 1
    assert dagferry("convert", place.dags, "-o", place.out).code == 1
    assert dagferry("assess", place.dags, "--fail-on", "never").code == 0
    assert dagferry("assess", place.dags, "--ignore", "DF202").code == 0
    place.write("due.py", SCHEDULED.replace('"@daily")', '"@daily", catchup=False)'))
    assert dagferry("assess", place.dags).code == 0


def test_the_severity_in_the_text_is_the_one_in_the_json(mixed):
    text = dagferry("assess", mixed.dags, "--full").out
    data = json.loads(dagferry("assess", mixed.dags, "--format", "json").out)
    found = [finding for file in data["files"] for finding in file["findings"]]
    assert data["totals"]["findings"] == {"required": 3, "advisory": 1}
    for one in found:
        assert f": {one['code']} {one['severity']}: {one['message']}" in text


def test_sarif_has_a_result_for_each_finding(mixed):
    document = json.loads(dagferry("assess", mixed.dags, "--format", "sarif").out)
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    found = [(one["ruleId"], one["level"]) for one in run["results"]]
    assert sorted(found) == [
        ("DF201", "note"),
        ("DF202", "error"),
        ("DF301", "error"),
        ("DF301", "error"),
    ]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"DF201", "DF202", "DF301"}


def test_junit_fails_the_dags_that_a_required_finding_is_about(mixed):
    out = dagferry("assess", mixed.dags, "--format", "junit").out
    root = ElementTree.fromstring(out)  # noqa: S314 - what our own command wrote
    tests = {one.get("name"): one.find("failure") is not None for one in root.iter("testcase")}
    assert tests == {"good": False, "due": True, "stub": True}


def test_markdown_has_the_same_counts(mixed):
    out = dagferry("assess", mixed.dags, "--format", "markdown").out
    assert out.startswith("# 3 DAGs, 4 tasks in 3 files\n")
    assert "| by hand | 1 | 2 |" in out
    assert "| due.py:11 | DF202 | required |" in out


def test_convert_shows_required_findings_only_and_what_it_wrote(mixed):
    out = dagferry("convert", mixed.dags, "-o", mixed.out).out
    assert "DF202 required" in out
    assert "DF201" not in out
    assert out.splitlines()[-1] == f"{mixed.out}: 4 files written, 0 unchanged"


def test_a_name_without_a_conversion_is_said_where_it_is_imported_or_used(place):
    used = (
        "import airflow\nfrom airflow.hooks.base import BaseHook\n\nX = airflow.settings.conf.y\n"
    )
    body = "def hello():\n    return BaseHook.get_connection('x')\n"
    place.write("good.py", used + GOOD.replace("def hello():\n    return 1\n", body))
    out = dagferry("assess", place.dags, "--full").out
    found = [line.split(": ")[0] for line in out.splitlines() if "DF601" in line]
    assert found == ["good.py:2:1", "good.py:4:5"]
