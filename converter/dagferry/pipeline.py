"""The way through, in one page: a folder becomes the texts of flows and the records about them.

files -> source (parsed, followed) -> lowering (the model) -> plan -> emission (texts) -> report.
Every step takes a value and gives a value; nothing here prints, writes or reads the clock.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from dagferry import messages
from dagferry.build.formatting import format_like
from dagferry.emission.deployments import Deployment, deployments_yaml
from dagferry.emission.module import EmittedModule, emit_module
from dagferry.findings import Finding, fault
from dagferry.helper import helper_files
from dagferry.lowering.files import file_facts
from dagferry.lowering.project import lower_project
from dagferry.model.dag import DeploymentFacts
from dagferry.model.project import Module, Project
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.project import ProjectPlan, plan_project
from dagferry.report.build import RecordBuilder
from dagferry.report.causes import without_dags
from dagferry.report.records import DagRecord, FileRecord
from dagferry.source.components import components, shares
from dagferry.source.discover import Input, InputFile
from dagferry.source.requirements import NAME, OTHER_NAME, requirements, third_party
from dagferry.syntax.depth import prepare_process
from dagferry.syntax.index import Index

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext


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
    parts = convert_parts(input, airflow_version, jobs)
    records = {path: record for part in parts for path, record in part.records.items()}
    files = [records[file.path] for file in input.files if file.path in records]
    files = _same_ids(_asked_for(files, input))
    converted = {path: data for part in parts for path, data in part.outputs.items()}
    outputs = {file.path: converted[file.path] for file in input.files if file.path in converted}
    helpers = {name for part in parts for name in part.helpers}
    outputs.update(helper_files(helpers, tuple(outputs)))
    known = {key: one for part in parts for key, one in part.deployments.items()}
    deployments = _deployments(files, known)
    if deployments:
        outputs["prefect.yaml"] = deployments_yaml(deployments).encode()
    packages = _packages(files, outputs, input, parts[0].roots)
    if packages:
        outputs[NAME if NAME not in outputs else OTHER_NAME] = packages.encode()
    versions = {path: version for part in parts for path, version in part.versions.items()}
    return Conversion(outputs, tuple(files), dict(sorted(versions.items())), input.roots)


def convert_parts(input: Input, version: int | None, jobs: int) -> list[Part]:  # noqa: A002
    """The parts of a folder, each by a process of its own; the same with any number of processes."""
    everything = [file.path for file in input.files]
    texts = {file.path: file.text or "" for file in input.files if file.path.endswith(".py")}
    if jobs == 1 or len(texts) < 2 * jobs:
        return [convert_part(input, everything, version)]
    dealt = shares(components(texts), texts, jobs)
    dealt[0] += [path for path in everything if path not in texts]
    if len(dealt) == 1:
        return [convert_part(input, everything, version)]
    from concurrent.futures import ProcessPoolExecutor

    # Told once, before the others start.
    assert input.layout.names is not None
    convert = partial(convert_part, input, version=version)
    with ProcessPoolExecutor(jobs, _context(), prepare_process) as pool:
        return list(pool.map(convert, dealt))


def _context() -> BaseContext:
    """Forked workers have read the folder already; a process with threads cannot be forked safely."""
    import multiprocessing
    import threading

    able = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return multiprocessing.get_context("fork" if able else "spawn")


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
        outputs=_outputs(files, emitted, lowered.unreadable, {*faults, *broken}),
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


def _packages(
    records: list[FileRecord],
    outputs: dict[str, bytes],
    input: Input,  # noqa: A002
    roots: Collection[str],
) -> str | None:
    """The requirements of the flows and of what they import from the folder."""
    starts = {path for r in records for dag in r.dags for path in (r.path, dag.output)}
    needed = input.layout.reaches(sorted(starts)) & set(outputs)
    texts = {path: outputs[path].decode("utf-8", "replace") for path in needed}
    own = {*input.layout.top_names, *roots}
    return requirements(third_party(texts, own, needed))


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


def _outputs(
    files: Sequence[InputFile],
    emitted: dict[str, EmittedModule],
    unreadable: tuple[str, ...],
    broken: Collection[str],
) -> dict[str, bytes]:
    texts = _formatted(files, emitted)
    outputs: dict[str, bytes] = {}
    for file in files:
        if file.problem is not None or file.path in unreadable or file.path in broken:
            continue
        text = texts.get(file.path)
        outputs[file.path] = file.data if text is None else _like(file, text)
    return outputs


def _formatted(files: Sequence[InputFile], emitted: dict[str, EmittedModule]) -> dict[str, str]:
    before = {file.path: file.text or "" for file in files if file.path in emitted}
    changed = {path: one.text for path, one in emitted.items() if one.text != before[path]}
    return format_like({path: before[path] for path in changed}, changed)


def _like(file: InputFile, text: str) -> bytes:
    """The text with the line ends that the file had."""
    if b"\r\n" in file.data:
        text = text.replace("\n", "\r\n")
    elif b"\r" in file.data:
        text = text.replace("\n", "\r")
    return text.encode()


def _deployments(
    records: list[FileRecord], known: Mapping[tuple[str, str], DeploymentFacts]
) -> list[Deployment]:
    return [
        Deployment(
            dag.dag_id,
            dag.output,
            dag.flow,
            known[(dag.dag_id, record.path)],
            stub=_is_stub(dag),
        )
        for record in records
        for dag in record.dags
        if dag.flow is not None and not dag.family
    ]


def _is_stub(dag: DagRecord) -> bool:
    """Whether nothing of a DAG runs: a schedule would only make runs that fail."""
    return dag.form == "stub" or (
        bool(dag.tasks) and all(task.grade == "manual" for task in dag.tasks)
    )


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
