"""The records that `assess` and `convert` write as JSON (docs/reference/manifest.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from dagferry.findings import ADVISORY, REQUIRED, Finding

GRADES = ("native", "adapted", "bridged", "manual")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRecord:
    """A task: its id, what it was, how it came out, and where the flow has its values.

    `line` is where it is made, in the file of its DAG or else in `path`.
    """

    task_id: str
    family: bool
    construct: str
    grade: str
    line: int
    path: str | None = None
    xcoms: dict[str, list[str]] = field(default_factory=dict)
    rendered: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DagRecord:
    """A DAG and the flow that it became. `form`: `calls` | `submits` | `graph` | `stub`.

    `path` is the file that its code stands in, None where that is the file that makes it.
    """

    dag_id: str
    family: bool
    line: int
    grade: str
    schedule: str | None
    flow: str | None
    output: str
    airflow_version: int
    form: str
    reason: str | None
    logical_date_parameter: bool
    params: tuple[str, ...]
    tasks: tuple[TaskRecord, ...]
    edges: tuple[tuple[str, str], ...]
    exact: bool
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """A file: `dag` (has DAGs or makes tasks), `other`, or `unreadable`."""

    path: str
    status: str
    dags: tuple[DagRecord, ...] = ()
    findings: tuple[Finding, ...] = ()


def worst(grades: Iterable[str]) -> str:
    """The lowest of some grades."""
    return max(grades, key=GRADES.index, default="native")


def to_json(files: Iterable[FileRecord], roots: Sequence[str] = (".",)) -> dict[str, Any]:
    """The records as the JSON of `assess` and `convert`; `roots` are the import roots."""
    listed = list(files)
    dags = [dag for file in listed for dag in file.dags]
    tasks = [task for dag in dags for task in dag.tasks]
    counts = {grade: sum(task.grade == grade for task in tasks) for grade in GRADES}
    return {
        "version": 1,
        "roots": list(roots),
        "files": [_file(file) for file in listed],
        "totals": {
            "files": len(listed),
            "dags": len(dags),
            "tasks": len(tasks),
            "grades": counts,
            "dag_grades": {grade: sum(dag.grade == grade for dag in dags) for grade in GRADES},
            "findings": _severities(listed),
        },
    }


def _severities(files: Iterable[FileRecord]) -> dict[str, int]:
    found = [finding.severity for file in files for finding in file.findings]
    return {severity: found.count(severity) for severity in (REQUIRED, ADVISORY)}


def _file(file: FileRecord) -> dict[str, Any]:
    data: dict[str, Any] = _json(file)
    return data


def _json(value: Any) -> Any:
    """A value of a record as JSON has it: mappings for records, lists for tuples."""
    if is_dataclass(value):
        return {one.name: _json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, (list, tuple)):
        return [_json(one) for one in value]
    if isinstance(value, dict):
        return {name: _json(one) for name, one in value.items()}
    return value


def from_json(data: dict[str, Any]) -> list[FileRecord]:
    """The records of a manifest."""
    return [
        FileRecord(
            path=file["path"],
            status=file["status"],
            dags=tuple(_dag_from(dag) for dag in file["dags"]),
            findings=tuple(Finding(**finding) for finding in file["findings"]),
        )
        for file in data["files"]
    ]


def _dag_from(data: dict[str, Any]) -> DagRecord:
    known = {
        **data,
        "params": tuple(data["params"]),
        "tasks": tuple(TaskRecord(**task) for task in data["tasks"]),
        "edges": tuple((edge[0], edge[1]) for edge in data["edges"]),
    }
    return DagRecord(**known)
