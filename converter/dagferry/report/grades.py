"""Grades: what the reader of the output sees of each task."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dagferry.constructs._registry import claims, constructs, is_replaced
from dagferry.model.context_names import ONLY_SOMETIMES, TASK_INSTANCE, UNAVAILABLE
from dagferry.model.function import Function
from dagferry.model.task import Task
from dagferry.model.values import Template
from dagferry.plan.functions import needs_rewrite

#: A flow has no page of Airflow's.
_EMPTY = ".log_url"


def task_grade(
    task: Task,
    form: str,
    function: Function | None,
    possible: Sequence[Function] = (),
    callbacks: Sequence[Function] = (),
) -> str:
    """`native`, `adapted` or `manual`, for a task in a flow of a form.

    `possible` are the functions that the task may run, where more than one comes into question.
    """
    if form == "stub" or task.refusal is not None:
        return "manual"
    if constructs()[task.construct].grade == "manual":
        return "manual"
    bodies = possible or ([] if function is None else [function])
    if any(_is_manual(task, one) for one in bodies) or any(map(lacking_parts, callbacks)):
        return "manual"
    if form == "graph" or constructs()[task.construct].grade == "adapted":
        return "adapted"
    if task.options.callbacks or any(isinstance(a.value, Template) for a in task.arguments):
        return "adapted"
    return "adapted" if function is not None and _needs_help(function) else "native"


def lacking(task: Task, function: Function) -> str | None:
    """A context variable that a body asks for, is not given, and cannot have in the flow.

    Airflow fills a parameter of such a name whatever its default; but for those it does not have in
    an ordinary run, which `**kwargs` does not hold there either.
    """
    given = {argument.name for argument in task.arguments}
    optional = {p.name for p in function.parameters if p.default} & ONLY_SOMETIMES
    named = set(function.context_parameters) - optional
    looked_up = set(function.context_keys) - ONLY_SOMETIMES
    return min((named | looked_up) & UNAVAILABLE - given, default=None)


def lacking_parts(function: Function, given: Collection[str | None] = ()) -> tuple[str, ...]:
    """What a body asks of the context's objects, and those of a flow do not have.

    `given` are names that stand for what the DAG hands over, and not for Airflow's.
    """
    told = {*given} | UNAVAILABLE
    return tuple(
        part
        for part in function.lacking
        if part.partition(".")[0] not in told and not part.endswith(_EMPTY)
    )


def empty_parts(function: Function) -> tuple[str, ...]:
    """What a body asks of them, and finds to be None."""
    return tuple(part for part in function.lacking if part.endswith(_EMPTY))


def _is_manual(task: Task, function: Function) -> bool:
    return bool(
        _reaches_missing(function)
        or lacking(task, function)
        or lacking_parts(function, {argument.name for argument in task.arguments})
        or function.exits
        or function.generates
    )


def _reaches_missing(function: Function) -> bool:
    """Whether the body reaches a name of Airflow's that only raises in the flow."""
    return any(not _converted(name) for name in function.airflow_names)


def _converted(name: str) -> bool:
    return is_replaced(name) or name in claims()


def _needs_help(function: Function) -> bool:
    context = set(function.context_parameters) - TASK_INSTANCE
    helped = any(map(is_replaced, function.airflow_names))
    reads = needs_rewrite(function) and function.reads
    return bool(context or reads or helped or function.may_skip or function.changing_keys)
