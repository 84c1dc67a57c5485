"""Totals, tables and findings agree with each other, over every case and every sample."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path

import pytest
from dagferry.pipeline import convert_input
from dagferry.report.causes import Attribution
from dagferry.report.records import GRADES, FileRecord, to_json, worst
from dagferry.report.summary import BRIDGED, BY_HAND, summarize
from dagferry.source.discover import read_input

ROOT = Path(__file__).parents[2]
CASES = sorted(path.parent for path in (ROOT / "tests/converter/cases").rglob("case.json"))
FOLDERS = [*(case / "before" for case in CASES), ROOT / "samples/airflow_dags"]
every_folder = pytest.mark.parametrize(
    "folder", FOLDERS, ids=lambda path: path.parent.name if path.name == "before" else path.name
)


@cache
def records(folder: Path) -> tuple[FileRecord, ...]:
    return convert_input(read_input([folder])).files


def test_there_are_folders_to_look_at():
    assert len(FOLDERS) > 40


@every_folder
def test_the_totals_are_the_sums_of_the_records(folder):
    files, totals = records(folder), to_json(records(folder))["totals"]
    dags = [dag for file in files for dag in file.dags]
    assert totals["files"] == len(files)
    assert totals["dags"] == len(dags) == sum(totals["dag_grades"].values())
    assert totals["tasks"] == sum(totals["grades"].values())
    assert totals["tasks"] == sum(len(dag.tasks) for dag in dags)
    assert sum(totals["findings"].values()) == sum(len(file.findings) for file in files)


@every_folder
def test_the_first_screen_counts_every_dag_and_task_once(folder):
    summary, totals = summarize(records(folder)), to_json(records(folder))["totals"]
    assert summary.files == totals["files"]
    assert summary.dags == totals["dags"] == sum(one.dags for one in summary.efforts)
    assert summary.tasks == totals["tasks"] == sum(one.tasks for one in summary.efforts)
    assert {grade: summary.grades.get(grade, 0) for grade in GRADES} == totals["grades"]
    by_effort = {one.name: one.dags for one in summary.efforts}
    assert by_effort[BY_HAND] == totals["dag_grades"]["manual"]
    assert by_effort[BRIDGED] == totals["dag_grades"]["bridged"]


@every_folder
def test_a_dag_has_the_lowest_grade_of_its_tasks_and_its_form(folder):
    form = {"graph": "adapted", "stub": "manual"}
    for file in records(folder):
        for dag in file.dags:
            grades = [*(task.grade for task in dag.tasks), form.get(dag.form, "native")]
            assert dag.grade == worst(grades), dag.dag_id


@every_folder
def test_every_finding_is_in_the_screen_once(folder):
    files = records(folder)
    summary, totals = summarize(files), to_json(files)["totals"]
    causes = [*summary.blockers, *summary.decisions]
    assert sum(cause.findings for cause in causes) == totals["findings"]["required"]
    assert sum(summary.advisory.values()) == totals["findings"]["advisory"]
    assert len({(one.code, one.text, one.blocks) for one in causes}) == len(causes)


@every_folder
def test_causes_stand_with_most_tasks_first_and_count_what_is_there(folder):
    summary = summarize(records(folder))
    for causes in (summary.blockers, summary.decisions):
        assert all(a.tasks >= b.tasks for a, b in itertools.pairwise(causes))
        assert all(c.tasks <= summary.tasks and c.dags <= summary.dags for c in causes)


@every_folder
def test_whatever_is_by_hand_says_why(folder):
    """A task of grade `manual` has a required finding at its line or about its DAG."""
    attribution = Attribution(records(folder))
    told = {key for one in attribution.touched if one.blocks for key in one.tasks}
    told_dags = {
        key for one in attribution.touched if one.finding.severity == "required" for key in one.dags
    }
    for key, task in attribution.tasks.items():
        if task.grade == "manual":
            assert key in told or key[:2] in told_dags, (key, task.task_id)
