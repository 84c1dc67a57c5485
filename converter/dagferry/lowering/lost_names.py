"""Arguments that name what of Airflow a flow does not have."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from dagferry.constructs._base import Refused
from dagferry.constructs._registry import is_replaced
from dagferry.lowering.airflow_use import outermost
from dagferry.messages import reason
from dagferry.model.task import Task
from dagferry.model.values import Code, Span, Template
from dagferry.source.airflow_names import short_name
from dagferry.source.machine import Machine
from dagferry.source.project import ParsedModule, is_airflow
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import below


def refuse_lost_names(
    task: Task, node: grammar.Call, module: ParsedModule, machine: Machine
) -> None:
    """Raises Refused for an argument that names what only raises in a flow: the whole flow would end."""
    for one in [*node.args, *node.keywords]:
        for name, _ in outermost(one):
            origin = qualified(name, module.imports)
            if origin is None or not is_airflow(origin) or is_replaced(origin):
                continue
            place = module.source.span(name).start
            # What a lambda names is only asked for in the task; a task inside speaks for itself.
            now = name.owner == node.owner and not _in_another_task(name, one, machine)
            in_flow = any(span.start <= place < span.end for span in _expressions([task]))
            if task.by_class or (now and in_flow):
                raise Refused(*reason("name in an argument", name=short_name(origin)))


def _in_another_task(name: grammar.Node, argument: grammar.Node, machine: Machine) -> bool:
    calls = (call for call in below(argument, grammar.Call) if call.holds(name))
    return any(call in machine.site_callees for call in calls)


def _expressions(values: Iterable[Any]) -> Iterator[Span]:
    """Where the user's own expressions stand that values of the model carry into the flow."""
    for value in values:
        if isinstance(value, (Code, Template)):
            yield from [value.span] if value.span is not None else []
        elif isinstance(value, tuple):
            yield from _expressions(value)
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            yield from _expressions(getattr(value, one.name) for one in dataclasses.fields(value))
