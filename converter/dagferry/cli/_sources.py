"""Reading one DAG file for the verbs that take a file."""

from __future__ import annotations

from pathlib import Path

from dagferry.errors import UsageError
from dagferry.lowering.project import lower_project
from dagferry.model.dag import Dag
from dagferry.model.project import Project
from dagferry.source.discover import read_input


def dags_of(file: Path, airflow_version: str | None) -> tuple[Project, list[Dag]]:
    """The model of a DAG file and the DAGs that it makes. Raises UsageError when there are none."""
    if not file.is_file():
        raise UsageError(f"expected a DAG file, found no file at {file}")
    source = read_input([file])
    lowered = lower_project(source, int(airflow_version) if airflow_version else None)
    if file.name in lowered.unreadable:
        finding = lowered.findings[file.name][0]
        raise UsageError(f"{file}:{finding.line}: {finding.message}")
    dags = [dag for m in lowered.project.modules if m.path == file.name for dag in m.dags]
    if not dags:
        raise UsageError(f"expected a DAG in {file}, found none")
    return lowered.project, dags


def choose(dags: list[Dag], dag_id: str | None, file: Path) -> Dag:
    """The DAG that was asked for, or the only one. Raises UsageError that lists them."""
    listed = ", ".join(dag.dag_id for dag in dags)
    if dag_id is None and len(dags) == 1:
        return dags[0]
    for dag in dags:
        if dag.dag_id == dag_id:
            return dag
    raise UsageError(f"{file} has the DAGs {listed}: choose one with --dag")
