"""The way through, in one page: a folder becomes the texts of flows and the records about them.

files -> source (parsed, followed) -> lowering (the model) -> plan -> emission (texts) -> report.
Every step takes a value and gives a value; nothing here prints, writes or reads the clock.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from dagferry import messages
from dagferry.build.formatting import format_like
from dagferry.emission.deployments import Deployment, deployments_yaml
from dagferry.emission.module import EmittedModule, emit_module
from dagferry.findings import Finding, fault
from dagferry.helper import helper_files
from dagferry.lowering.project import lower_project
from dagferry.model.project import Module, Project
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.project import ProjectPlan, plan_project
from dagferry.report.build import RecordBuilder
from dagferry.report.causes import without_dags
from dagferry.report.records import DagRecord, FileRecord
from dagferry.report.requirements import NAME, OTHER_NAME, requirements, third_party
from dagferry.source.discover import Input, InputFile
from dagferry.syntax.index import Index


@dataclass(frozen=True)
class Conversion:
    """What a folder becomes: the bytes of every output file by its path, and the records."""

    outputs: dict[str, bytes]
    files: tuple[FileRecord, ...]
    versions: dict[str, int]
    roots: tuple[str, ...] = (".",)


def convert_input(
    input: Input,  # noqa: A002 - the field's word
    *,
    airflow_version: int | None = None,
    jobs: int = 1,
) -> Conversion:
    """Convert a folder that was read. `airflow_version` None infers it file by file."""
    lowered = lower_project(input, airflow_version)
    index = ModelIndex(lowered.project)
    plan = plan_project(lowered.project, index)
    written = emit_project(lowered.project, plan, index, jobs, lowered.trees)
    emitted = {path: one for path, one in written.items() if isinstance(one, EmittedModule)}
    faults = {path: one for path, one in written.items() if isinstance(one, Finding)}
    builder = RecordBuilder(lowered, plan, index, emitted, faults, input.layout)
    records = [record for record in map(builder.file, input.files) if record is not None]
    records = _same_ids(_asked_for(records, input))
    broken = {
        p
        for p, found in lowered.findings.items()
        if any(f.code == "DF901" and not f.task_id for f in found)
    }
    outputs = _outputs(input, emitted, lowered.unreadable, {*faults, *broken})
    deployments = _deployments(records, index)
    if deployments:
        outputs["prefect.yaml"] = deployments_yaml(deployments).encode()
    packages = _packages(records, outputs, input, index)
    if packages:
        outputs[NAME if NAME not in outputs else OTHER_NAME] = packages.encode()
    return Conversion(outputs, tuple(records), _versions(lowered.project), input.roots)


def _packages(
    records: list[FileRecord],
    outputs: dict[str, bytes],
    input: Input,  # noqa: A002
    index: ModelIndex,
) -> str | None:
    """The requirements of the flows and of what they import from the folder."""
    starts = {path for r in records for dag in r.dags for path in (r.path, dag.output)}
    needed = input.layout.reaches(sorted(starts)) & set(outputs)
    texts = {path: outputs[path].decode("utf-8", "replace") for path in needed}
    own = {*input.layout.top_names, *index.project.roots}
    return requirements(third_party(texts, own, needed))


def emit_project(
    project: Project,
    plan: ProjectPlan,
    index: ModelIndex,
    jobs: int = 1,
    trees: Mapping[str, Index] | None = None,
) -> dict[str, EmittedModule | Finding]:
    """The text of every module of the model, by path; the same with any number of processes.

    `trees` are the trees of the modules, so that no file is parsed twice; a worker parses its own.
    """
    paths = [module.path for module in project.modules]
    if jobs == 1 or len(paths) < 2 * jobs:
        read = trees or {}
        return {p: _emitted(index.by_path[p], plan, index, read.get(p)) for p in paths}
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs, initializer=_share, initargs=(plan, index)) as pool:
        return dict(zip(paths, pool.map(_emit_shared, paths, chunksize=8)))


_shared: list[tuple[ProjectPlan, ModelIndex]] = []


def _share(plan: ProjectPlan, index: ModelIndex) -> None:
    """Give a worker process the plan and the model once, not with every module."""
    _shared[:] = [(plan, index)]


def _emit_shared(path: str) -> EmittedModule | Finding:
    plan, index = _shared[0]
    return _emitted(index.by_path[path], plan, index)


def _emitted(
    module: Module, plan: ProjectPlan, index: ModelIndex, read: Index | None = None
) -> EmittedModule | Finding:
    """A module's text; a crash of ours costs this module only."""
    try:
        return emit_module(module, plan, index, read)
    except Exception as error:  # our fault, whatever it is
        return fault(error)


def _outputs(
    input: Input,  # noqa: A002
    emitted: dict[str, EmittedModule],
    unreadable: tuple[str, ...],
    broken: Collection[str],
) -> dict[str, bytes]:
    texts = _formatted(input, emitted)
    outputs: dict[str, bytes] = {}
    for file in input.files:
        if file.problem is not None or file.path in unreadable or file.path in broken:
            continue
        text = texts.get(file.path)
        outputs[file.path] = file.data if text is None else _like(file, text)
    names = {name for module in emitted.values() for name in module.helpers}
    outputs.update(helper_files(names, tuple(outputs)))
    return outputs


def _formatted(input: Input, emitted: dict[str, EmittedModule]) -> dict[str, str]:  # noqa: A002
    before = {file.path: file.text or "" for file in input.files if file.path in emitted}
    changed = {path: one.text for path, one in emitted.items() if one.text != before[path]}
    return format_like({path: before[path] for path in changed}, changed)


def _like(file: InputFile, text: str) -> bytes:
    """The text with the line ends that the file had."""
    if b"\r\n" in file.data:
        text = text.replace("\n", "\r\n")
    elif b"\r" in file.data:
        text = text.replace("\n", "\r")
    return text.encode()


def _deployments(records: list[FileRecord], index: ModelIndex) -> list[Deployment]:
    dags = {(d.dag_id, m.path): d for m in index.project.modules for d in m.dags}
    return [
        Deployment(
            dag.dag_id,
            dag.output,
            dag.flow,
            dags[(dag.dag_id, record.path)].deployment,
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
