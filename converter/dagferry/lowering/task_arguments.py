"""The arguments of a call that makes a task: its own, those of its decorator, and its name."""

from __future__ import annotations

from dagferry.constructs._base import Unread
from dagferry.errors import Impossible
from dagferry.lowering.defaults import Defaults
from dagferry.lowering.taskflow_calls import override_keywords, with_overrides
from dagferry.messages import reason
from dagferry.model.task import FunctionKey
from dagferry.model.values import Const, Value
from dagferry.source.abstract import FunctionValue
from dagferry.source.arguments import Arguments
from dagferry.source.constants import Located
from dagferry.source.machine import Machine
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar


def call_arguments(
    node: grammar.Call, defaults: Defaults, module: ParsedModule, machine: Machine
) -> Arguments:
    """The arguments of a call over the `default_args` that hold for it."""
    return Arguments(
        node,
        defaults.items,
        module,
        machine.project,
        machine.never_template,
        unread_defaults=defaults.unread is not None,
    )


def taskflow_arguments(
    node: grammar.Call,
    function: FunctionValue,
    decorator: grammar.Expression,
    defaults: Defaults,
    module: ParsedModule,
    machine: Machine,
) -> Arguments:
    """The options of a call of a task function: those of its decorator, with the call's over them."""
    arguments = call_arguments(with_overrides(decorator, node), defaults, module, machine)
    if function.module is module:
        return arguments
    # A decorator in another module is read with that module's names.
    own = {keyword.arg for keyword in override_keywords(node)}
    for keyword in getattr(decorator, "keywords", []):
        if keyword.arg and keyword.arg not in own:
            arguments.given[keyword.arg] = Located(keyword.value, function.module)
    return arguments


def task_name(arguments: Arguments, function: FunctionKey | None) -> Value | None:
    """The `task_id`, or the name of the task function. Raises Unread where only a run knows it."""
    try:
        name = arguments.value("task_id")
    except Impossible:
        raise Unread(*reason("value", argument="task_id")) from None
    if name is None and function is not None:
        return Const(value=function.name.rpartition(".")[2])
    return name
