"""Whether the data between tasks is the same by plain calls and futures."""

from __future__ import annotations

from dagferry.model.dag import Dag, DagSite, Statement
from dagferry.model.project import Module
from dagferry.model.task import Task
from dagferry.model.values import Code, Const, Span
from dagferry.model.xcom_keys import RETURN_VALUE
from dagferry.plan.functions import needs_rewrite
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.not_lifted import NotLifted
from dagferry.plan.xcoms import paths


def handed_on(dag: Dag, index: ModelIndex) -> None:
    """Who is given a task that pushes keys is given what it returned, which is not their values."""
    for edge in dag.edges:
        task = index.task(dag.nodes[edge.upstream])
        function = index.function(task.function)
        if function is None or not edge.data or not needs_rewrite(function):
            continue
        if RETURN_VALUE not in paths(task, function, True):
            raise NotLifted(f"`{function.name}` pushes keys, and its result is an argument")


def entries(tasks: list[Task], site: DagSite, module: Module) -> None:
    """`task["key"]` is what was pushed under that key, and not what stands in the result."""
    whole = {s.target for s in site.body if s.kind == "task" and not _splits(s, module)}
    for task in tasks:
        for argument in task.arguments:
            if isinstance(argument.value, Code) and _takes_entry(argument.value, whole, module):
                line = argument.value.span.line
                raise NotLifted(f"an argument on line {line} takes a key that may not be pushed")


def _splits(statement: Statement, module: Module) -> bool:
    return all(module.tasks[position].multiple_outputs for position in statement.tasks)


def _takes_entry(value: Code, whole: set[str | None], module: Module) -> bool:
    inside = [task for task in module.tasks if _within(task.span, value.span)]
    split = all(task.multiple_outputs for task in inside)
    return bool(whole & set(value.entries)) or (value.entry_of_call and not split)


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def futures(tasks: list[Task], targets: set[str], index: ModelIndex) -> None:
    """What a submit gives is a future: nothing but a task may look inside it."""
    made = {task.span for task in tasks}
    for task in tasks:
        for argument in task.arguments:
            if isinstance(argument.value, Code) and argument.value.span not in made:
                _future(argument.value, targets)
        function = index.function(task.function)
        for pull in function.pulls if function else ():
            if any(len(_pushes(task_id, tasks, index)) > 1 for task_id in pull.task_ids):
                raise NotLifted(
                    "it takes one of several values from a task that runs beside others"
                )


def _pushes(task_id: str, tasks: list[Task], index: ModelIndex) -> tuple[object, ...]:
    for task in tasks:
        function = index.function(task.function)
        if isinstance(task.name, Const) and task.name.value == task_id and function:
            return function.pushes
    return ()


def _future(value: Code, targets: set[str]) -> None:
    if value.variable in targets:
        return
    if value.items is not None and targets >= set(value.items):
        return
    names = set(value.names)
    if names & targets or (value.calls and not names <= _HARMLESS):
        raise NotLifted(f"an argument on line {value.span.line} looks into a task's result")


_HARMLESS = frozenset(
    [
        "str",
        "int",
        "float",
        "bool",
        "list",
        "dict",
        "tuple",
        "len",
        "range",
        "datetime",
        "timedelta",
    ]
)
