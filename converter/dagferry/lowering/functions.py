"""Reads the functions that the tasks of a module run."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping

from dagferry.constructs._registry import claims
from dagferry.lowering.airflow_use import AirflowRead, airflow_reads
from dagferry.lowering.module_reader import ModuleReader
from dagferry.lowering.operator_parts import operator_parts
from dagferry.lowering.reserved_names import reserved_parameter
from dagferry.lowering.scopes import scopes_of
from dagferry.messages import reason
from dagferry.model.context_names import TASK_INSTANCE
from dagferry.model.function import Function
from dagferry.model.task import Refusal
from dagferry.source.airflow_names import decorator_of, is_task_decorator, short_name
from dagferry.source.context_use import ContextUse
from dagferry.source.functions import read_function
from dagferry.source.project import (
    ParsedModule,
    SourceProject,
    imported_modules,
)
from dagferry.syntax import grammar
from dagferry.syntax.walking import loads, named

_HANDED = TASK_INSTANCE | {"dag_run"}
_SKIPS = (
    "AirflowSkipException",
    "AirflowFailException",
    "AirflowSensorTimeout",
    "AirflowTaskTimeout",
    "TaskDeferred",
)


def read_functions(lowering: ModuleReader) -> tuple[Function, ...]:
    """The functions of this module that a task of the folder may run."""
    module = lowering.module
    functions = scopes_of(module).functions
    signals = _Signals(module, lowering.machine.project)
    names = {name: {one.id for one in loads(node)} for name, node in functions.items()}
    reached = _reached(
        names, {name: set(_airflow_names(node, module)) for name, node in functions.items()}
    )
    callables = _callables(lowering)
    lacking = _reached_parts(lowering, names)
    found = []
    for name, node in functions.items():
        decorator = decorator_of(node, module)
        task = decorator is not None and is_task_decorator(decorator[0])
        if decorator is not None and not task:
            continue
        found.append(
            read_function(
                node,
                name,
                module,
                decorator=decorator[1] if decorator else None,
                may_skip=signals.reached_by(names[name], reached[name]),
                called_directly=_called_directly(node, callables),
                refused=_refused(decorator[0], node) if decorator else None,
                airflow_names=tuple(sorted(reached[name])),
                lacking=tuple(sorted(lacking[name])),
                airflow_version=lowering.version,
            )
        )
    return tuple(found)


def _reached_parts(lowering: ModuleReader, names: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """What each function asks of the context's objects and a flow's do not have, through others too.

    Others are handed such an object under its own name; `params` may be anything there.
    """
    module, functions = lowering.module, scopes_of(lowering.module).functions
    own = {
        name: set(ContextUse(node, module, lowering.version).lacking())
        | operator_parts(node, module, lowering.machine.project)
        for name, node in functions.items()
    }
    handed = {
        name: {one for one in found if one.partition(".")[0] in _HANDED}
        for name, found in own.items()
    }
    return {name: own[name] | found for name, found in _reached(names, handed).items()}


def _reached(names: Mapping[str, set[str]], direct: dict[str, set[str]]) -> dict[str, set[str]]:
    """What each function has itself, and what those have whose names it reads."""
    called: dict[str, list[str]] = {}
    for name in direct:
        called.setdefault(name.rpartition(".")[2], []).append(name)
    calls = {
        name: {other for one in found for other in called.get(one, ()) if other != name}
        for name, found in names.items()
    }
    changed = True
    while changed:
        changed = False
        for name, others in calls.items():
            gained = set().union(*(direct[other] for other in others)) - direct[name]
            direct[name] |= gained
            changed = changed or bool(gained)
    return direct


def _airflow_names(node: grammar.Node, module: ParsedModule) -> Iterator[str]:
    """The qualified names of Airflow's that a function takes the value of; annotations are not run."""
    reads = airflow_reads(module)
    start = bisect_left(reads, node.number, key=_number)
    for read in reads[start : bisect_right(reads, node.last, lo=start, key=_number)]:
        if not read.is_annotation and not read.is_bound_in(node):
            yield read.origin


def _number(read: AirflowRead) -> int:
    return read.node.number


def _refused(
    decorator: str, node: grammar.FunctionDef | grammar.AsyncFunctionDef
) -> Refusal | None:
    if decorator not in claims():
        why = reason("decorator", name=short_name(decorator))
        return Refusal(code=why.code, subject=why.subject)
    return reserved_parameter(node.args)


class _Signals:
    """Which functions of a module can raise a signal of Airflow's: a skip, a final failure."""

    def __init__(self, module: ParsedModule, project: SourceProject) -> None:
        self.own = any(origin.endswith(_SKIPS) for origin in module.imports.values()) or any(
            origin.endswith(".exceptions") for origin in module.imports.values()
        )
        self.classes = {one.name for one in module.index.of(grammar.ClassDef)}
        self.others = {
            local
            for local, origin in module.imports.items()
            if (found := project.find(origin) or (project.locate(origin) or (None,))[0]) is not None
            and may_skip(found, project, {module.path})
        }

    def reached_by(self, names: set[str], airflow_names: set[str]) -> bool:
        """Whether a function that reads these names names a signal, or may reach code that raises one."""
        if any(origin.endswith((*_SKIPS, ".exceptions")) for origin in airflow_names):
            return True
        return bool(names & self.others) or (self.own and bool(names & self.classes))


def may_skip(module: ParsedModule, project: SourceProject, seen: set[str]) -> bool:
    """Whether code that the module reaches could raise one of Airflow's signals."""
    if module.path in seen:
        return False
    seen.add(module.path)
    if any(
        origin.endswith(_SKIPS) or origin.endswith(".exceptions")
        for origin in module.imports.values()
    ):
        return True
    for dotted in imported_modules(module):
        other = project.find(dotted)
        if other is not None and may_skip(other, project, seen):
            return True
    return False


def _called_directly(
    node: grammar.FunctionDef | grammar.AsyncFunctionDef, callables: Collection[grammar.Node]
) -> bool:
    """Whether anything but a task uses the function: then it must stay what it is."""
    uses = named(node.home.module, node.name)
    return any(one.ctx == "load" and one not in callables for one in uses)


def _callables(lowering: ModuleReader) -> set[grammar.Node]:
    """The names that tasks take as what they run."""
    callables: set[grammar.Node] = {
        keyword.value
        for task in lowering.tasks
        for keyword in task.node.keywords
        if keyword.arg == "python_callable"
    }
    return callables | {inner for task in lowering.tasks for inner in loads(task.node.func)}
