"""Puts the model of a folder together: modules, DAG sites, tasks, functions, graphs, findings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from dagferry import messages
from dagferry.constructs._registry import known_names, tracer_of
from dagferry.findings import Finding, fault
from dagferry.lowering.callers import calling_modules
from dagferry.lowering.dag_graphs import DagGraphs
from dagferry.lowering.module import ModuleLowering
from dagferry.lowering.module_reader import Sites
from dagferry.lowering.version import airflow_version
from dagferry.model.project import Project
from dagferry.model.values import Imported
from dagferry.source.discover import Input
from dagferry.source.machine import Machine
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.syntax.index import Index


@dataclass(frozen=True)
class Lowered:
    """The model of a folder, the findings of each file by its path, and the trees that were read."""

    project: Project
    findings: dict[str, tuple[Finding, ...]]
    unreadable: tuple[str, ...]
    trees: Mapping[str, Index] = field(default_factory=dict, compare=False, repr=False)


def lower_project(
    input: Input,  # noqa: A002 - the field's word
    version: int | None,
    paths: Collection[str] | None = None,
) -> Lowered:
    """Read the folder, or only some of its files.

    `version` is Airflow's major version, or None to infer it file by file.
    """
    source = SourceProject(input, known_names())
    findings: dict[str, tuple[Finding, ...]] = {}
    machine = Machine(source, tracer_of)
    readers: list[ModuleLowering] = []
    named = _airflow_modules(source, input, paths)
    for module in named:
        with _guarded(module, findings):
            machine.run(module)
            readers.append(ModuleLowering(module, machine, version or airflow_version(module)))
    for module in calling_modules(source, input, paths, named):
        with _guarded(module, findings):
            machine.run(module)
    readers += _making_modules(readers, source, machine, version)
    for reader in readers:
        reader.findings += _passed_over(reader.module, machine)
    for reader in tuple(readers):
        with _guarded(reader.module, findings, readers, reader):
            reader.read_headers()
    by_key = {site.key: (reader, site) for reader in readers for site in reader.sites}
    for reader in tuple(readers):
        with _guarded(reader.module, findings, readers, reader):
            reader.read_tasks(by_key)
    readers += _callable_modules(readers, source, machine, by_key, findings)
    modules, graphs = [], DagGraphs(readers, machine)
    for reader in tuple(readers):
        with _guarded(reader.module, findings, readers, reader):
            modules.append(reader.module_model(graphs.of(reader)))
    findings |= {reader.module.path: tuple(reader.findings) for reader in readers}
    for path, finding in _outside_loops(machine):
        findings[path] = (*findings.get(path, ()), finding)
    for path, problem in source.unreadable.items():
        findings[path] = (problem,)
    return Lowered(
        Project(modules=tuple(modules), roots=_roots(input)),
        findings,
        tuple(sorted(source.unreadable)),
        {reader.module.path: reader.module.index for reader in readers},
    )


def _outside_loops(machine: Machine) -> Iterator[tuple[str, Finding]]:
    """Loops that make tasks whose number depends on a package that is not in the folder."""
    for node, (module, name) in machine.outside_loops.items():
        line = module.source.span(node).line
        yield module.path, messages.found("outside loop", name=name, line=line)


def _making_modules(
    readers: Sequence[ModuleLowering],
    source: SourceProject,
    machine: Machine,
    version: int | None,
) -> list[ModuleLowering]:
    """Modules that make DAGs or tasks by what they import from the folder, without naming Airflow."""
    known = {reader.module.path for reader in readers}
    made = [node.module for _, builder in machine.dags for node in builder.nodes]
    made += [builder.module for _, builder in machine.dags]
    homes = [source.module(path) for path, _ in machine.dags]
    made += [home for home in homes if home is not None]
    found = {module.path: module for module in made if module.path not in known}
    return [
        ModuleLowering(module, machine, version or airflow_version(module))
        for _, module in sorted(found.items())
    ]


def _passed_over(module: ParsedModule, machine: Machine) -> list[Finding]:
    """A file that makes DAGs and that Airflow does not open where it looks for some.

    https://airflow.apache.org/docs/apache-airflow/stable/configurations-ref.html#dag-discovery-safe-mode
    """
    makes = any(path == module.path for path, _ in machine.dags)
    named = "airflow" in module.source.text.lower()
    return [messages.found("file without the word")] if makes and not named else []


def _callable_modules(
    readers: list[ModuleLowering],
    source: SourceProject,
    machine: Machine,
    by_key: Sites,
    findings: dict[str, tuple[Finding, ...]],
) -> list[ModuleLowering]:
    """Modules that never mention Airflow and hold functions that tasks run, or call back.

    They are read, not changed.
    """
    known = {reader.module.name for reader in readers}
    tasks = [task.task for reader in readers for task in reader.tasks]
    names = {task.function.module for task in tasks if task.function is not None}
    names |= {method.module for task in tasks for method in task.methods}
    names |= {module for reader in readers for module in _callback_modules(reader)}
    found: list[ModuleLowering] = []
    for name in sorted(names - known):
        module = source.find(name)
        if module is None:
            continue
        with _guarded(module, findings):
            reader = ModuleLowering(module, machine, 2)
            reader.read_headers()
            reader.read_tasks(by_key)
            found.append(reader)
    return found


def _callback_modules(reader: ModuleLowering) -> Iterator[str]:
    """Where the functions come from that options of tasks and DAGs mention."""
    asked = [code for task in reader.tasks for code in task.task.options.codes]
    named = [one for task in reader.tasks for one in task.task.options.callbacks]
    yield from (one.module for one in named if isinstance(one, Imported))
    headers = reader.headers.values()
    asked += [code for one in headers for code in (*one.on_failure, *one.on_success)]
    imports = reader.module.imports
    for code in asked:
        for name in code.names:
            yield imports.get(name, "").rpartition(".")[0]


@contextmanager
def _guarded(
    module: ParsedModule,
    findings: dict[str, tuple[Finding, ...]],
    readers: list[ModuleLowering] | None = None,
    reader: ModuleLowering | None = None,
) -> Iterator[None]:
    """A fault of dagferry costs the module that it happened in, and says so; the batch goes on."""
    try:
        yield
    except Exception as error:  # our fault, whatever it is
        findings[module.path] = (fault(error),)
        if readers is not None and reader in readers:
            readers.remove(reader)


def _roots(input: Input) -> tuple[str, ...]:  # noqa: A002 - the field's word
    paths = [file.path for file in input.files if file.path.endswith(".py")]
    names = {path.partition("/")[0].removesuffix(".py") for path in paths}
    return tuple(sorted({*names, *input.layout.top_names, input.root.name}))


def _airflow_modules(
    source: SourceProject,
    input: Input,  # noqa: A002
    paths: Collection[str] | None,
) -> list[ParsedModule]:
    parsed = []
    for file in input.files:
        if paths is not None and file.path not in paths:
            continue
        # A file that never says "airflow" cannot be a DAG file and need not be parsed.
        if file.text is None or "airflow" not in file.text or not file.path.endswith(".py"):
            continue
        module = source.module(file.path)
        if module is not None and module.touches_airflow:
            parsed.append(module)
    return parsed
