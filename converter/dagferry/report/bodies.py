"""Findings about what tasks run: bodies and callbacks that ask for what a flow does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dagferry.findings import ADVISORY, Finding
from dagferry.model.function import Function
from dagferry.model.project import Module
from dagferry.model.task import Task
from dagferry.model.values import Code, Span
from dagferry.plan.model_index import ModelIndex
from dagferry.report.grades import empty_parts, lacking, lacking_parts

__all__ = ["body_findings"]


def body_findings(module: Module, index: ModelIndex) -> list[Finding]:
    """One for each thing that a body of the module's tasks does otherwise in a flow."""
    found = [*_lacking(module, index), *_changing_keys(module, index), *_exits(module, index)]
    return [*found, *_unserializable(module, index)]


def _lacking(module: Module, index: ModelIndex) -> list[Finding]:
    found = []
    for task, function in _functions(module, index):
        line, column = task.span.line, task.span.column
        name = lacking(task, function)
        if name is not None:
            message = f"the context variable `{name}` has no conversion; using it raises"
            found.append(Finding(code="DF405", message=message, line=line, column=column))
        given = {argument.name for argument in task.arguments}
        found += _parts(function, given, line, column)
    for asked, span in _with_callbacks(module):
        for function in index.callbacks(asked, module):
            found += _parts(function, (), span.line, span.column)
    return found


def _with_callbacks(module: Module) -> Iterator[tuple[tuple[Code, ...], Span]]:
    """What has callbacks, and where it stands."""
    for task in module.tasks:
        yield task.options.on_failure, task.span
    for site in module.sites:
        yield site.on_failure, site.span


def _functions(module: Module, index: ModelIndex) -> Iterator[tuple[Task, Function]]:
    """The functions that the tasks of a module run, or may run."""
    for task in module.tasks:
        for function in index.functions(task, module):
            yield task, function


def _exits(module: Module, index: ModelIndex) -> list[Finding]:
    found = []
    for task, function in _functions(module, index):
        line, column = task.span.line, task.span.column
        if task.refusal is None and function.generates:
            message = f"`{function.name}`, a generator, has no conversion; the flow raises"
            found.append(Finding(code="DF411", message=message, line=line, column=column))
        if task.refusal is None and function.exits:
            message = (
                f"`{function.name}` asks Python to end on line {function.exits}; Airflow fails"
                " the task, in the flow it ends the run"
            )
            hint = "raise an exception instead"
            found.append(
                Finding(code="DF409", message=message, hint=hint, line=line, column=column)
            )
    return found


def _changing_keys(module: Module, index: ModelIndex) -> list[Finding]:
    found = []
    for task, function in _functions(module, index):
        if task.refusal is None and function.changing_keys:
            message = (
                f"`{function.name}` hands on a dict with keys that are not texts, from line"
                f" {function.changing_keys}; Airflow turns them into texts, the flow does not"
            )
            line, column = task.span.line, task.span.column
            advice = Finding(
                code="DF408", message=message, severity=ADVISORY, line=line, column=column
            )
            found.append(advice)
    return found


def _unserializable(module: Module, index: ModelIndex) -> Iterator[Finding]:
    for task, function in _functions(module, index):
        place = function.unserializable
        if task.refusal is None and place is not None:
            message = (
                f"`{function.name}` hands on {place.what} on line {place.line}, which Airflow cannot"
                " store: the task fails there, in the flow it succeeds"
            )
            line, column = task.span.line, task.span.column
            yield Finding(
                code="DF414", message=message, severity=ADVISORY, line=line, column=column
            )


def _parts(
    function: Function, given: Collection[str | None], line: int, column: int
) -> Iterator[Finding]:
    """What a function asks of the context's objects in vain."""
    for part in lacking_parts(function, given):
        message = f"`{part}` in `{function.name}` has no conversion; using it raises"
        yield Finding(code="DF410", message=message, line=line, column=column)
    for part in empty_parts(function):
        message = f"`{part}` in `{function.name}` is None in a flow"
        yield Finding(code="DF410", message=message, severity=ADVISORY, line=line, column=column)
