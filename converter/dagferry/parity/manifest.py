"""What verify reads of the manifest: which flow is which DAG, and where its values went."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from dagferry.graph.families import family_of
from dagferry.helper import is_helper
from dagferry.parity.schedules import named_codes
from dagferry.report.records import worst

_V = TypeVar("_V")


@dataclass(frozen=True)
class TaskFacts:
    """How one task of the DAG corresponds to the flow; `xcoms`: key -> path into the result."""

    task_id: str = ""
    family: bool = False
    grade: str = "native"
    xcoms: Mapping[str, Sequence[str | int]] = field(default_factory=dict)
    rendered: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """One DAG of the manifest and the flow that it became; `written` are hashes of files by path.

    `is_stub` says that the flow as a whole raises: none of the DAG's tasks is converted. `is_graph`: it is
    written as a TaskGraph. `named`: codes of findings which say what of its schedule is not the same.
    """

    dag_id: str
    path: str
    output: str
    flow: str | None = None
    family: bool = False
    airflow_version: int = 2
    logical_date_parameter: bool = False
    params: tuple[str, ...] = ()
    tasks: tuple[TaskFacts, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)
    is_stub: bool = False
    is_graph: bool = False
    named: tuple[str, ...] = ()

    def edited(self, flows: Path) -> list[str]:
        """What of the flow and its deployment is not as the converter wrote it."""
        mine = {self.output, "prefect.yaml"}
        return [
            path
            for path, digest in sorted(self.written.items())
            if (path in mine or is_helper(path)) and not _holds(flows / path, digest)
        ]

    def facts(self, task_id: str) -> TaskFacts:
        """The facts of a concrete task id: its own entry, else the family's that covers it."""
        known = {task.task_id for task in self.tasks}
        families = [task.task_id for task in self.tasks if task.family]
        name = task_id if task_id in known else family_of(task_id, families)
        found = [task for task in self.tasks if task.task_id == name]
        if found:
            return _joined(found)
        return TaskFacts(task_id, grade="manual" if self.is_stub else "native")


def _holds(file: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _joined(facts: Sequence[TaskFacts]) -> TaskFacts:
    """What several tasks of one family have in common, for nobody knows which of them ran."""
    return replace(
        facts[0],
        grade=worst(one.grade for one in facts),
        xcoms=_agreed([one.xcoms for one in facts]),
        rendered=_agreed([one.rendered for one in facts]),
    )


def _agreed(maps: Sequence[Mapping[str, _V]]) -> dict[str, _V]:
    """All that some say and none contradicts."""
    joined = {name: value for one in maps for name, value in one.items()}
    return {
        name: value
        for name, value in joined.items()
        if all(one.get(name, value) == value for one in maps)
    }


def root_of(files: Iterable[Path], paths: Iterable[str]) -> Path | None:
    """The folder that most of some paths are relative to, if they are those of the files."""
    parts = [PurePosixPath(path).parts for path in paths]
    folders = Counter(
        Path(*file.parts[: -len(own)])
        for file in sorted(files)
        for own in parts
        if file.parts[-len(own) :] == own
    )
    return folders.most_common(1)[0][0] if folders else None


def read_subjects(manifest: Mapping[str, Any]) -> tuple[Subject, ...]:
    """Every DAG of a manifest, in its order."""
    written = dict(manifest.get("outputs") or {})
    files = manifest.get("files", ())
    return tuple(
        replace(_subject(dag, file["path"], written), named=named_codes(files, file["path"], dag))
        for file in files
        for dag in file.get("dags", ())
    )


def _subject(dag: Mapping[str, Any], path: str, written: Mapping[str, str]) -> Subject:
    return Subject(
        dag_id=dag["dag_id"],
        path=path,
        output=dag.get("output") or path,
        flow=dag.get("flow"),
        family=bool(dag.get("family")),
        airflow_version=int(dag.get("airflow_version") or 2),
        logical_date_parameter=bool(dag.get("logical_date_parameter")),
        params=tuple(dag.get("params") or ()),
        tasks=tuple(_facts(task) for task in dag.get("tasks", ())),
        written=written,
        is_stub=dag.get("form") == "stub",
        is_graph=dag.get("form") == "graph",
    )


def _facts(task: Mapping[str, Any]) -> TaskFacts:
    return TaskFacts(
        task_id=task["task_id"],
        family=bool(task.get("family")),
        grade=task.get("grade") or "native",
        xcoms=dict(task.get("xcoms") or {}),
        rendered=dict(task.get("rendered") or {}),
    )
