"""Reads the functions that the tasks of a module run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from dagferry.lowering.scopes import name_loads, scopes_of
from dagferry.model.function import Function
from dagferry.source.airflow_names import decorator_of, is_task_decorator
from dagferry.source.functions import read_function
from dagferry.source.project import ParsedModule, SourceProject, imported_modules

if TYPE_CHECKING:
    from dagferry.lowering.module import ModuleLowering

_SKIPS = ("AirflowSkipException", "AirflowFailException", "AirflowTaskTimeout", "TaskDeferred")


def read_functions(lowering: ModuleLowering) -> tuple[Function, ...]:
    """The functions of this module that a task of the folder may run."""
    module = lowering.module
    skips = may_skip(module, lowering.machine.project, set())
    found = []
    for name, node in scopes_of(module).functions.items():
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
                may_skip=skips,
                called_directly=_called_directly(node, lowering),
            )
        )
    return tuple(found)


def may_skip(module: ParsedModule, project: SourceProject, seen: set[str]) -> bool:
    """Whether code that the module reaches could raise one of Airflow's signals."""
    if module.path in seen:
        return False
    seen.add(module.path)
    if any(origin.endswith(_SKIPS) or origin.endswith(".exceptions") for origin in module.imports.values()):
        return True
    for dotted in imported_modules(module):
        other = project.find(dotted)
        if other is not None and may_skip(other, project, seen):
            return True
    return False


def _called_directly(node: ast.FunctionDef | ast.AsyncFunctionDef, lowering: ModuleLowering) -> bool:
    """Whether anything but a task uses the function: then it must stay what it is."""
    module = lowering.module
    callables = {
        keyword.value
        for task in lowering.tasks
        for keyword in task.node.keywords
        if keyword.arg == "python_callable"
    }
    calls = {inner for task in lowering.tasks for inner in ast.walk(task.node.func)}
    return any(
        name.id == node.name and name not in callables and name not in calls
        for name in name_loads(module.tree)
    )
