"""Which findings are one cause, and which tasks and DAGs they are about."""

from __future__ import annotations

from dagferry.findings import ADVISORY, Finding
from dagferry.messages import found, of_dag, refused
from dagferry.report.causes import Attribution, about
from dagferry.report.records import DagRecord, FileRecord, TaskRecord


def task(task_id, line, grade="native", path=None):
    return TaskRecord(
        task_id=task_id, family=False, construct="x", grade=grade, line=line, path=path
    )


def dag(dag_id, line, *tasks, form="calls", path=None):
    return DagRecord(
        path=path,
        dag_id=dag_id,
        family=False,
        line=line,
        grade="native",
        schedule=None,
        flow=dag_id,
        output="a.py",
        airflow_version=2,
        form=form,
        reason=None,
        logical_date_parameter=False,
        params=(),
        tasks=tasks,
        edges=(),
        exact=True,
    )


def record(path, dags=(), *findings):
    return FileRecord(path=path, status="dag", dags=tuple(dags), findings=findings)


def causes(files, *, blocks):
    found = Attribution(files).causes(blocks=blocks)
    return [(one.text, one.code, one.tasks, one.dags) for one in found]


def test_one_argument_of_many_tasks_is_one_cause():
    tasks = [task(name, line, "manual") for line, name in enumerate("abc", start=2)]
    findings = [refused("DF301", "the argument `x`", "task", line=line) for line in (2, 3, 4)]
    files = [record("a.py", [dag("one", 1, *tasks)], *findings)]
    assert causes(files, blocks=True) == [("the argument `x`", "DF301", 3, 1)]
    assert causes(files, blocks=False) == []


def test_several_blockers_of_one_task_are_several_causes():
    findings = [refused("DF301", f"the argument `{x}`", "task", line=2) for x in "xyz"]
    files = [record("a.py", [dag("one", 1, task("a", 2, "manual"))], *findings)]
    assert [text for text, *_ in causes(files, blocks=True)] == [
        "the argument `x`",
        "the argument `y`",
        "the argument `z`",
    ]


def test_a_task_that_a_helper_of_another_file_makes_counts_in_every_dag():
    findings = [refused("DF301", "the argument `x`", "task", line=7)]
    made = [dag(name, 1, task("a", 7, "manual", path="help.py")) for name in ("one", "two")]
    files = [record("a.py", made), record("help.py", (), *findings)]
    assert causes(files, blocks=True) == [("the argument `x`", "DF301", 2, 2)]


def test_a_flow_that_is_a_stub_has_all_of_its_tasks_in_the_way():
    dags = [dag("one", 1, task("a", 2), task("b", 3), form="stub"), dag("two", 9, task("c", 10))]
    files = [record("a.py", dags, refused("DF504", "`name`", "flow", line=1))]
    assert causes(files, blocks=True) == [("`name`", "DF504", 2, 1)]


def test_what_makes_no_stub_is_a_decision():
    files = [record("a.py", [dag("one", 1, task("a", 2))], Finding(code="DF202", message="m"))]
    assert causes(files, blocks=True) == []
    assert causes(files, blocks=False) == [("m", "DF202", 0, 1)]


def test_findings_without_a_cause_are_one_by_the_title_of_their_page():
    findings = [Finding(code="DF203", message=f"the schedule {n}", line=n) for n in (1, 5)]
    files = [record("a.py", [dag("one", 1), dag("two", 5)], *findings)]
    assert causes(files, blocks=False) == [("the schedule has no conversion", "DF203", 0, 2)]


def test_a_finding_above_all_dags_is_about_all_of_them():
    dags = [dag("one", 5), dag("two", 9)]
    for line, count in ((1, 2), (5, 1), (7, 1), (12, 1)):
        files = [record("a.py", dags, found("missing name", name="airflow.x", line=line))]
        assert [row[3] for row in causes(files, blocks=False)] == [count]


def test_advisory_notes_are_no_causes():
    note = Finding(code="DF201", message="m", severity=ADVISORY)
    files = [record("a.py", [dag("one", 1)], note)]
    assert causes(files, blocks=False) == causes(files, blocks=True) == []


def test_the_records_of_one_dag_have_its_own_findings_only():
    dags = [dag("one", 1), dag("two", 5)]
    findings = [Finding(code="DF202", message=str(line), line=line) for line in (1, 5)]
    (kept,) = about([record("a.py", dags, *findings)], {"two"})
    assert [one.dag_id for one in kept.dags] == ["two"]
    assert [one.message for one in kept.findings] == ["5"]


def test_a_finding_of_a_factory_is_about_the_dags_that_another_file_makes_with_it():
    made = [dag(name, 3, path="factory.py") for name in ("one", "two")]
    shared = found("limit", argument="end_date", line=4)
    own = of_dag(found("schedule", schedule="WHEN", line=4), "two")
    files = [record("a.py", made), record("factory.py", (), shared, own)]
    assert causes(files, blocks=False) == [
        ("the limit `end_date`", "DF209", 0, 2),
        ("the schedule `WHEN`", "DF203", 0, 1),
    ]
    assert own.message.startswith("`two`: ")
