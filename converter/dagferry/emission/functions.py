"""Writes the functions that tasks run: decorators with options, and stubs for what has no conversion."""

from __future__ import annotations

from dagferry.build.layout import Room, lay_out
from dagferry.build.nodes import Invoke, Named, Node, Raw, literal
from dagferry.emission.function_text import FunctionText
from dagferry.emission.places import Places
from dagferry.emission.stubs import stub_body
from dagferry.emission.tasks import TaskWriter
from dagferry.model.function import Function
from dagferry.model.project import Module
from dagferry.model.values import Const
from dagferry.plan.functions import needs_rewrite
from dagferry.plan.project import ProjectPlan
from dagferry.syntax import make
from dagferry.syntax import nodes as cst


class FunctionWriter:
    """The functions of one module."""

    def __init__(
        self, module: Module, plan: ProjectPlan, tasks: TaskWriter, places: Places
    ) -> None:
        self.module = module
        self.plan = plan
        self.tasks = tasks
        self.places = places

    def write(self, function: Function) -> None:
        """Put the changes of one function in; one that no task runs stays as it is."""
        plan = self.plan.functions[(self.module.name, function.name)]
        if not plan.decorate:
            return
        node = self.places.function(function.span)
        written = [lay_out(self._decorator(function, plan.task), Room(before=1))]
        if function.may_skip and not function.refused:
            written.append(make.expression(self.tasks.requests.helper("skips")))
        old = self._task_decorator(function, node)
        self.places.changes.alter(node, lambda new: _decorated(node, new, old, written))
        if function.refused:
            self._stubbed(function, node)
        elif plan.rewrite and needs_rewrite(function):
            FunctionText(function, self.places).write()

    def _task_decorator(self, function: Function, node: cst.FunctionDef) -> int | None:
        """Which decorator of the function is the `@task` of TaskFlow."""
        if function.decorator is None:
            return None
        expression = self.places.expression(function.decorator)
        return [decorator.decorator for decorator in node.decorators].index(expression)

    def _stubbed(self, function: Function, node: cst.FunctionDef) -> None:
        """A TaskFlow function whose decorator has no conversion: it raises instead."""
        source = self.places.source(function.span)
        body = make.block(stub_body(function.name.rpartition(".")[2], function.refused, source))
        self.places.changes.replace(node.params, make.anything())
        self.places.changes.replace(node.body, body)

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


def _decorated(
    node: cst.FunctionDef, new: cst.FunctionDef, old: int | None, written: list[cst.BaseExpression]
) -> cst.FunctionDef:
    """The function with the decorators that the flow adds: above all others, or in the place of `@task`."""
    if old is None:
        added = [cst.Decorator(decorator=one) for one in written]
        return new.with_changes(decorators=[*added, *new.decorators])
    first = node.decorators[old].with_changes(decorator=written[0])
    rest = [cst.Decorator(decorator=one) for one in written[1:]]
    kept = new.decorators
    return new.with_changes(decorators=[*kept[:old], first, *rest, *kept[old + 1 :]])
