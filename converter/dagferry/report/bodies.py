"""Findings about what tasks run: bodies and callbacks that ask for what a flow does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypedDict

from dagferry import messages
from dagferry.findings import Finding
from dagferry.model.function import Function
from dagferry.model.project import Module
from dagferry.model.task import Task
from dagferry.model.values import Code, Imported, Span
from dagferry.plan.model_index import ModelIndex
from dagferry.report.grades import empty_parts, lacking, lacking_parts

__all__ = ["body_findings"]


class Place(TypedDict):
    """Where a finding stands."""

    line: int
    column: int


def body_findings(module: Module, index: ModelIndex) -> list[Finding]:
    """One for each thing that a body of the module's tasks does otherwise in a flow."""
    found = [*_lacking(module, index), *_changing_keys(module, index), *_exits(module, index)]
    return [*found, *_unserializable(module, index)]


def _lacking(module: Module, index: ModelIndex) -> Iterator[Finding]:
    for task, function in _functions(module, index):
        place = _place(task.span)
        name = lacking(task, function)
        if name is not None:
            yield messages.found("context variable", name=name, **place)
        given = {argument.name for argument in task.arguments}
        yield from _parts(function, given, task.span)
    for asked, span in _with_callbacks(module):
        for function in index.callbacks(asked, module):
            yield from _parts(function, (), span)


def _place(span: Span) -> Place:
    return {"line": span.line, "column": span.column}


def _with_callbacks(module: Module) -> Iterator[tuple[tuple[Code | Imported, ...], Span]]:
    """What has callbacks, and where it stands."""
    for task in module.tasks:
        yield task.options.callbacks, task.span
    for site in module.sites:
        yield (*site.on_failure, *site.on_success), site.span


def _functions(module: Module, index: ModelIndex) -> Iterator[tuple[Task, Function]]:
    """The functions that the tasks of a module run, or may run."""
    for task in module.tasks:
        for function in index.functions(task, module):
            yield task, function


def _exits(module: Module, index: ModelIndex) -> Iterator[Finding]:
    for task, function in _functions(module, index):
        place = _place(task.span)
        if task.refusal is None and function.generates:
            yield messages.found("generator", function=function.name, **place)
        if task.refusal is None and function.exits:
            yield messages.found("exit", function=function.name, on_line=function.exits, **place)


def _changing_keys(module: Module, index: ModelIndex) -> Iterator[Finding]:
    for task, function in _functions(module, index):
        if task.refusal is None and function.changing_keys:
            from_line = function.changing_keys
            place = _place(task.span)
            yield messages.found(
                "changing keys", function=function.name, from_line=from_line, **place
            )


def _unserializable(module: Module, index: ModelIndex) -> Iterator[Finding]:
    for task, function in _functions(module, index):
        value = function.unserializable
        if task.refusal is None and value is not None:
            name, what, on_line = function.name, value.what, value.line
            place = _place(task.span)
            yield messages.found(
                "unserializable", function=name, what=what, on_line=on_line, **place
            )


def _parts(function: Function, given: Collection[str | None], span: Span) -> Iterator[Finding]:
    """What a function asks of the context's objects in vain."""
    place = _place(span)
    for part in lacking_parts(function, given):
        yield messages.found("context part", part=part, function=function.name, **place)
    for part in empty_parts(function):
        yield messages.found("empty context part", part=part, function=function.name, **place)
