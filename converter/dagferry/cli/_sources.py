"""Reading one DAG file for the verbs that take a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dagferry.errors import UsageError
from dagferry.lowering.project import lower_project
from dagferry.model.dag import Dag
from dagferry.model.project import Project
from dagferry.source.discover import read_input


@dataclass(frozen=True)
class DagFile:
    """A DAG file that was read, with what it imports from around it: `path` is relative to the `root`."""

    root: Path
    path: str
    roots: tuple[str, ...]
    project: Project
    dags: list[Dag]


def dags_of(file: Path, airflow_version: str | None, roots: Sequence[Path]) -> DagFile:
    """The model of a DAG file and the DAGs that it makes. Raises UsageError when there are none."""
    if not file.is_file():
        raise UsageError(f"expected a DAG file, found no file at {file}")
    source = read_input([file], roots)
    (path,) = source.selected
    lowered = lower_project(source, int(airflow_version) if airflow_version else None)
    if path in lowered.unreadable:
        finding = lowered.findings[path][0]
        raise UsageError(f"{file}:{finding.line}: {finding.message}")
    dags = [dag for m in lowered.project.modules if m.path == path for dag in m.dags]
    if not dags:
        raise UsageError(f"expected a DAG in {file}, found none")
    return DagFile(source.root, path, source.roots, lowered.project, dags)


def choose(dags: list[Dag], dag_id: str | None, file: Path) -> Dag:
    """The DAG that was asked for, or the only one. Raises UsageError that lists them."""
    listed = ", ".join(dag.dag_id for dag in dags)
    if dag_id is None and len(dags) == 1:
        return dags[0]
    for dag in dags:
        if dag.dag_id == dag_id:
            return dag
    raise UsageError(f"{file} has the DAGs {listed}: choose one with --dag")
