"""How Airflow's own example DAGs come out: totals for each version, then every DAG with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dagferry.findings import REQUIRED, Finding
from dagferry.pipeline import convert_input
from dagferry.reference.markdown import table
from dagferry.report.records import GRADES, DagRecord, FileRecord, to_json
from dagferry.source.discover import read_input

FOLDERS = {"airflow-2.10.5": "apache-airflow 2.10.5", "airflow-3.3.2": "apache-airflow-core 3.3.2"}
SHOWN_GRADES = ("native", "adapted", "manual")
_INTRO = """\
# Airflow's own example DAGs

How the DAGs of `airflow/example_dags` in two wheels of Airflow come out. `make corpus` fetches
them, `make docs` writes this page. A DAG has the lowest grade of its tasks. `manual` tasks are
stubs that raise; each has a finding, whose [code](codes.md) stands in the last column with what was
met.

Grades are what reading says. That a flow does what its DAG does is for `dagferry verify` to show.

"""


def examples_page(corpus: Path) -> str:
    """The page."""
    found = {name: _records(corpus / folder) for folder, name in FOLDERS.items()}
    parts = [_INTRO, _totals(found)]
    for name, records in found.items():
        rows = [_row(record, dag) for record in records for dag in record.dags]
        head = ("DAG", "file", "tasks", "grade", "why not `native`")
        parts.append(f"\n## {name}\n\n{table(head, rows)}")
    return "".join(parts)


def _records(folder: Path) -> Sequence[FileRecord]:
    return convert_input(read_input([folder])).files


def _totals(found: dict[str, Sequence[FileRecord]]) -> str:
    rows = []
    for name, records in found.items():
        totals = to_json(records)["totals"]
        rows += [
            (name, totals["files"], "DAGs", totals["dags"], *_counts(totals["dag_grades"])),
            (name, totals["files"], "tasks", totals["tasks"], *_counts(totals["grades"])),
        ]
    return table(("wheel", "files", "of", "number", *SHOWN_GRADES), rows)


def _counts(grades: dict[str, int]) -> tuple[int, ...]:
    assert sum(grades[grade] for grade in SHOWN_GRADES) == sum(grades[grade] for grade in GRADES)
    return tuple(grades[grade] for grade in SHOWN_GRADES)


def _row(record: FileRecord, dag: DagRecord) -> tuple[object, ...]:
    return (f"`{dag.dag_id}`", record.path, len(dag.tasks), dag.grade, _reason(record, dag))


def _reason(record: FileRecord, dag: DagRecord) -> str:
    if dag.grade == "manual":
        required = [finding for finding in record.findings if finding.severity == REQUIRED]
        mine = [finding for finding in required if _concerns(finding, record, dag)]
        mine = mine or [finding for finding in required if finding.code == "DF601"]
        return "; ".join(dict.fromkeys(_short(finding) for finding in mine))
    if dag.form == "graph":
        return f"TaskGraph: {dag.reason}"
    helped = sorted({task.construct for task in dag.tasks if task.grade == "adapted"})
    return ", ".join(f"`{construct}`" for construct in helped)


def _concerns(finding: Finding, record: FileRecord, dag: DagRecord) -> bool:
    """Whether a finding is about one of the DAG's tasks, or stands between it and the next DAG."""
    if finding.code == "DF202":  # it says what to do once, and makes no task manual
        return False
    if finding.line in {task.line for task in dag.tasks}:
        return True
    before = [other.line for other in record.dags if other.line <= finding.line]
    return finding.task_id is None and bool(before) and max(before) == dag.line


def _short(finding: Finding) -> str:
    """The code and what was met; what became of it is the same everywhere."""
    return f"{finding.code} {finding.cause or finding.message}"
