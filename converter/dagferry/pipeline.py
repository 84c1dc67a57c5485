"""The way through, in one page: a folder becomes the texts of flows and the records about them.

files -> source (parsed, followed) -> lowering (the model) -> plan -> emission (texts) -> report.
Every step takes a value and gives a value; nothing here prints, writes or reads the clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dagferry import messages
from dagferry.converted_files import converted_files
from dagferry.deployment_files import deployments, packages
from dagferry.emission.deployments import deployments_yaml
from dagferry.emission.module import EmittedModule, emit_module
from dagferry.findings import Finding, fault
from dagferry.helper import helper_files
from dagferry.lowering.files import file_facts
from dagferry.lowering.project import lower_project
from dagferry.model.dag import DeploymentFacts
from dagferry.model.project import Module, Project
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.project import ProjectPlan, plan_project
from dagferry.processes import in_parts
from dagferry.report.build import RecordBuilder
from dagferry.report.causes import without_dags
from dagferry.report.records import FileRecord
from dagferry.source.discover import Input
from dagferry.source.requirements import NAME, OTHER_NAME
from dagferry.syntax.index import Index


@dataclass(frozen=True)
class Conversion:
    """What a folder becomes: the bytes of every output file by its path, and the records."""

    outputs: dict[str, bytes]
    files: tuple[FileRecord, ...]
    versions: dict[str, int]
    roots: tuple[str, ...] = (".",)


@dataclass(frozen=True)
class Part:
    """What some files of a folder become; `helpers` are the names that their flows take from the helper."""

    outputs: dict[str, bytes]
    helpers: frozenset[str]
    records: dict[str, FileRecord]
    deployments: dict[tuple[str, str], DeploymentFacts]
    versions: dict[str, int]
    roots: tuple[str, ...]


def convert_input(
    input: Input,  # noqa: A002 - the field's word
    *,
    airflow_version: int | None = None,
    jobs: int = 1,
) -> Conversion:
    """Convert a folder that was read. `airflow_version` None infers it file by file."""
    parts = in_parts(partial(convert_part, input, version=airflow_version), input, jobs)
    records = {path: record for part in parts for path, record in part.records.items()}
    files = [records[file.path] for file in input.files if file.path in records]
    files = _same_ids(_asked_for(files, input))
    converted = {path: data for part in parts for path, data in part.outputs.items()}
    outputs = {file.path: converted[file.path] for file in input.files if file.path in converted}
    helpers = {name for part in parts for name in part.helpers}
    outputs.update(helper_files(helpers, tuple(outputs)))
    known = {key: one for part in parts for key, one in part.deployments.items()}
    listed = deployments(files, known)
    if listed:
        outputs["prefect.yaml"] = deployments_yaml(listed).encode()
    needed = packages(files, outputs, input, parts[0].roots)
    if needed:
        outputs[NAME if NAME not in outputs else OTHER_NAME] = needed.encode()
    versions = {path: version for part in parts for path, version in part.versions.items()}
    return Conversion(outputs, tuple(files), dict(sorted(versions.items())), input.roots)


def convert_part(input: Input, paths: Sequence[str], version: int | None) -> Part:  # noqa: A002
    """Convert some files of a folder, which nothing but each other's code reaches."""
    chosen = frozenset(paths)
    lowered = lower_project(input, version, chosen)
    index = ModelIndex(lowered.project)
    plan = plan_project(lowered.project, index)
    written = emit_project(lowered.project, plan, index, lowered.trees)
    emitted = {path: one for path, one in written.items() if isinstance(one, EmittedModule)}
    faults = {path: one for path, one in written.items() if isinstance(one, Finding)}
    builder = RecordBuilder(lowered, plan, index, emitted, faults)
    files = [file for file in input.files if file.path in chosen]
    records = {file.path: builder.file(file_facts(file, input.layout)) for file in files}
    broken = {
        p
        for p, found in lowered.findings.items()
        if any(f.code == "DF901" and not f.task_id for f in found)
    }
    return Part(
        outputs=converted_files(files, emitted, lowered.unreadable, {*faults, *broken}),
        helpers=frozenset(name for module in emitted.values() for name in module.helpers),
        records={path: record for path, record in records.items() if record is not None},
        deployments={
            (dag.dag_id, module.path): dag.deployment
            for module in lowered.project.modules
            for dag in module.dags
        },
        versions=_versions(lowered.project),
        roots=lowered.project.roots,
    )


def emit_project(
    project: Project,
    plan: ProjectPlan,
    index: ModelIndex,
    trees: Mapping[str, Index] | None = None,
) -> dict[str, EmittedModule | Finding]:
    """The text of every module of the model, by path. `trees` are those that somebody has read."""
    known = trees or {}
    return {
        module.path: _emitted(module, plan, index, known.get(module.path))
        for module in project.modules
    }


def _emitted(
    module: Module, plan: ProjectPlan, index: ModelIndex, read: Index | None
) -> EmittedModule | Finding:
    """A module's text; a fault of dagferry costs this module only."""
    try:
        return emit_module(module, plan, index, read)
    except Exception as error:  # our fault, whatever it is
        return fault(error)


def _asked_for(records: list[FileRecord], input: Input) -> list[FileRecord]:  # noqa: A002
    """A file that is there because others import it shows no DAGs of its own."""
    return [
        record if record.path in input.selected else without_dags(record, records)
        for record in records
    ]


def _same_ids(records: list[FileRecord]) -> list[FileRecord]:
    """Say where two DAGs of the folder have one id: Airflow keeps only one of them."""
    first: dict[str, str] = {}
    result = []
    for record in records:
        extra = []
        for dag in record.dags:
            if not dag.family and dag.dag_id in first:
                path = first[dag.dag_id]
                extra.append(messages.found("same id", dag_id=dag.dag_id, path=path, line=dag.line))
            first.setdefault(dag.dag_id, record.path)
        findings = tuple(sorted([*record.findings, *extra], key=Finding.sort_key))
        result.append(replace(record, findings=findings))
    return result


def _versions(project: Project) -> dict[str, int]:
    return {m.path: m.sites[0].airflow_version for m in project.modules if m.sites}
