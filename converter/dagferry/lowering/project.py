"""Puts the model of a folder together: modules, DAG sites, tasks, functions, graphs, findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dagferry.findings import Finding
from dagferry.lowering.module import ModuleLowering
from dagferry.lowering.version import airflow_version
from dagferry.model.dag import Dag, Edge, Node
from dagferry.model.project import Project
from dagferry.source.abstract import Builder
from dagferry.source.discover import Input
from dagferry.source.machine import Machine
from dagferry.source.project import ParsedModule, SourceProject


@dataclass(frozen=True)
class Lowered:
    """The model of a folder, and the findings of each file by its path."""

    project: Project
    findings: dict[str, tuple[Finding, ...]]
    unreadable: tuple[str, ...]


def lower_project(input: Input, version: int | None) -> Lowered:  # noqa: A002 - the field's word
    """Read the folder. `version` is Airflow's major version, or None to infer it file by file."""
    source = SourceProject(input)
    parsed = _airflow_modules(source, input)
    machine = Machine(source)
    for module in parsed:
        machine.run(module)
    readers = [
        ModuleLowering(module, machine, version or airflow_version(module)) for module in parsed
    ]
    for reader in readers:
        reader.read_headers()
    by_key = {site.key: (reader, site) for reader in readers for site in reader.sites}
    for reader in readers:
        reader.read_tasks(by_key)
    modules = [reader.module_model(_dags(reader, readers, machine)) for reader in readers]
    findings = {reader.module.path: tuple(reader.findings) for reader in readers}
    for path, problem in source.unreadable.items():
        findings[path] = (problem,)
    return Lowered(Project(modules=tuple(modules)), findings, tuple(sorted(source.unreadable)))


def _airflow_modules(source: SourceProject, input: Input) -> list[ParsedModule]:  # noqa: A002
    parsed = []
    for file in input.files:
        # A file that never says "airflow" cannot be a DAG file and need not be parsed.
        if file.text is None or "airflow" not in file.text or not file.path.endswith(".py"):
            continue
        module = source.module(file.path)
        if module is not None and module.touches_airflow:
            parsed.append(module)
    return parsed


def _dags(
    reader: ModuleLowering, readers: Sequence[ModuleLowering], machine: Machine
) -> tuple[Dag, ...]:
    return tuple(
        _dag(builder, readers, machine.published)
        for path, builder in machine.dags
        if path == reader.module.path
    )


def _dag(
    builder: Builder, readers: Sequence[ModuleLowering], published: Mapping[Builder, str]
) -> Dag:
    by_path = {reader.module.path: reader for reader in readers}
    home = by_path[builder.module.path]
    site = next(i for i, raw in enumerate(home.sites) if raw.key is builder.site)
    nodes = tuple(
        Node(
            task_id=made.task_id,
            family=made.family,
            conditional=made.conditional,
            module=made.module.path,
            task=by_path[made.module.path].positions[made.call],
        )
        for made in builder.nodes
    )
    edges = tuple(
        Edge(upstream=up, downstream=down, data=data)
        for (up, down), data in sorted(builder.edges.items())
    )
    return Dag(
        dag_id=builder.dag_id,
        family=builder.family,
        module=builder.module.path,
        site=site,
        attribute=published.get(builder),
        nodes=nodes,
        edges=edges,
        exact=builder.exact,
    )
