"""Writes the functions that tasks run: decorators with options, and stubs for what has no conversion."""

from __future__ import annotations

from dagferry.build.edits import Edits
from dagferry.build.layout import lay_out
from dagferry.build.nodes import Invoke, Named, Node, Raw, literal
from dagferry.emission.body import margin_of, moved, source_at
from dagferry.emission.function_text import FunctionText
from dagferry.emission.tasks import TaskWriter, stub_body
from dagferry.model.function import Function
from dagferry.model.project import Module
from dagferry.model.values import Const, Span
from dagferry.plan.functions import needs_rewrite
from dagferry.plan.project import ProjectPlan


class FunctionWriter:
    """The functions of one module."""

    def __init__(self, module: Module, plan: ProjectPlan, tasks: TaskWriter, edits: Edits) -> None:
        self.module = module
        self.plan = plan
        self.tasks = tasks
        self.edits = edits

    def write(self, function: Function) -> None:
        """Put the edits of one function in; one that no task runs stays as it is."""
        plan = self.plan.functions[(self.module.name, function.name)]
        if not plan.decorate:
            return
        decorator = "@" + lay_out(self._decorator(function, plan.task), 0, 1)
        margin = " " * margin_of(self.edits.text, function.definition.start)
        if function.may_skip and not function.refused:
            decorator += f"\n@{self.tasks.requests.helper('skips')}"
        decorator = decorator.replace("\n", f"\n{margin}")
        if function.decorator is not None:
            self.edits.replace(_with_at(self.edits.text, function), decorator)
        else:
            start = function.span.start
            self.edits.replace(_point(start), f"{decorator}\n{margin}")
        if function.refused:
            self._stubbed(function)
        elif plan.rewrite and needs_rewrite(function):
            FunctionText(function, self.edits).write()

    def _stubbed(self, function: Function) -> None:
        """A TaskFlow function whose decorator has no conversion: it raises instead."""
        margin = margin_of(self.edits.text, function.definition.start)
        source = source_at(self.edits.text.replace("\0", "\n"), function.span)
        lines = stub_body(function.name.rpartition(".")[2], function.refused, source)
        body = moved("\n".join(lines), margin).lstrip()
        self.edits.replace(function.signature, "(*args, **kwargs)")
        self.edits.replace(function.body, body)

    def _decorator(self, function: Function, sole: int | None) -> Node:
        task_name = Raw(self.tasks.requests.name("prefect", "task"))
        if sole is None:
            return task_name
        task = self.module.tasks[sole]
        options = self.tasks.option_nodes(task)
        plain = function.name.rpartition(".")[2]
        if isinstance(task.name, Const) and task.name.value != plain:
            options = [Named("name", literal(task.name.value)), *options]
        return Invoke(task_name, tuple(options)) if options else task_name


def _with_at(text: str, function: Function) -> Span:
    assert function.decorator is not None
    start = text.rindex("@", 0, function.decorator.start)
    return Span(start=start, end=function.decorator.end, line=0, column=0)


def _point(offset: int) -> Span:
    return Span(start=offset, end=offset, line=0, column=0)
