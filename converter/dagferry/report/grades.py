"""Grades: what the reader of the output sees of each task."""

from __future__ import annotations

from dagferry.constructs._registry import claims, constructs, is_replaced
from dagferry.model.function import Function
from dagferry.model.task import Task
from dagferry.model.values import Template
from dagferry.plan.functions import needs_rewrite
from dagferry.source.context_names import ONLY_SOMETIMES, TASK_INSTANCE, UNAVAILABLE


def task_grade(task: Task, form: str, function: Function | None) -> str:
    """`native`, `adapted` or `manual`, for a task in a flow of a form."""
    if (
        form == "stub"
        or task.refusal is not None
        or _reaches_missing(function)
        or lacking(task, function)
        or (function is not None and function.exits)
    ):
        return "manual"
    if form == "graph" or constructs()[task.construct].grade == "adapted":
        return "adapted"
    if task.options.on_failure or any(isinstance(a.value, Template) for a in task.arguments):
        return "adapted"
    return "adapted" if function is not None and _needs_help(function) else "native"


def lacking(task: Task, function: Function | None) -> str | None:
    """A context variable that a body asks for, is not given, and cannot have in the flow.

    Airflow fills a parameter of such a name whatever its default; but for those it does not have in
    an ordinary run, which `**kwargs` does not hold there either.
    """
    if function is None:
        return None
    given = {argument.name for argument in task.arguments}
    optional = {p.name for p in function.parameters if p.default} & ONLY_SOMETIMES
    named = set(function.context_parameters) - optional
    looked_up = set(function.context_keys) - ONLY_SOMETIMES
    return min((named | looked_up) & UNAVAILABLE - given, default=None)


def _reaches_missing(function: Function | None) -> bool:
    """Whether the body reaches a name of Airflow's that only raises in the flow."""
    if function is None:
        return False
    return any(not _converted(name) for name in function.airflow_names)


def _converted(name: str) -> bool:
    return is_replaced(name) or name in claims()


def _needs_help(function: Function) -> bool:
    context = set(function.context_parameters) - TASK_INSTANCE
    helped = any(map(is_replaced, function.airflow_names))
    reads = needs_rewrite(function) and function.reads
    return bool(context or reads or helped or function.may_skip or function.changing_keys)
