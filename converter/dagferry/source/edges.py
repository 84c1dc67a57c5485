"""Operators between values: `>>` and `<<` make edges, the rest is arithmetic on known data."""

from __future__ import annotations

import datetime
import itertools
import operator
from collections.abc import Callable, Iterable
from typing import Any

from dagferry.source.abstract import (
    Abstract,
    Builder,
    GroupValue,
    Items,
    Known,
    LooseTask,
    Moment,
    Pattern,
    Table,
    TaskValue,
    Unknown,
    as_text,
    loose_in,
    tasks_in,
    text_value,
)
from dagferry.source.dates import moved
from dagferry.source.following import Follower

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "//": operator.floordiv,
    "/": operator.truediv,
    "|": operator.or_,
}


def binary(op: str, left: Abstract, right: Abstract, text: str, machine: Follower) -> Abstract:
    """What a binary operation gives."""
    if op in {">>", "<<"}:
        if op == ">>":
            connect(left, right, machine)
        else:
            connect(right, left, machine)
        return right
    if isinstance(left, Items) and isinstance(right, Items) and op == "+":
        return Items([*left.items, *right.items], left.exact and right.exact)
    if op == "|" and isinstance(left, Table) and isinstance(right, Table):
        origins = {k: v for k, v in left.origins.items() if k not in right.items}
        items = {**left.items, **right.items}
        return Table(items, left.exact and right.exact, {**origins, **right.origins})
    if isinstance(left, Moment) and op in {"+", "-"}:
        return moved(left, text) or Unknown(text)
    if op == "+" and _textual(left, right):
        return text_value(Pattern(as_text(left).text + as_text(right).text))
    if op == "%" and isinstance(left, Known) and isinstance(left.value, str):
        return _percent(left.value, right)
    return _arithmetic(op, left, right, text)


def _textual(*values: Abstract) -> bool:
    texts = [v for v in values if isinstance(v, Pattern) or _is_text(v)]
    return bool(texts) and all(isinstance(v, (Known, Pattern, Unknown)) for v in values)


def _is_text(value: Abstract) -> bool:
    return isinstance(value, Known) and isinstance(value.value, str)


def _percent(template: str, right: Abstract) -> Abstract:
    parts = right.items if isinstance(right, Items) else [right]
    pieces = template.split("%s")
    if len(pieces) != len(parts) + 1 or "%" in "".join(pieces):
        return Unknown(repr(template))
    text = as_text(Known(pieces[0])).text
    for part, piece in zip(parts, pieces[1:]):
        text += as_text(part).text + as_text(Known(piece)).text
    return text_value(Pattern(text))


def _arithmetic(op: str, left: Abstract, right: Abstract, text: str) -> Abstract:
    function = _ARITHMETIC.get(op)
    if op == "*" and isinstance(left, Known) and isinstance(right, Known):
        # Only numbers: repeating strings or lists could be made as large as one likes.
        if isinstance(left.value, (int, float)) and isinstance(right.value, (int, float)):
            return Known(left.value * right.value)
        return Unknown(text)
    dated = isinstance(left, Known) and isinstance(left.value, datetime.datetime)
    if isinstance(left, Known) and dated and not isinstance(right, Known):
        return moved(left, text) or Unknown(text)
    if function is None or not (isinstance(left, Known) and isinstance(right, Known)):
        return Unknown(text)
    try:
        return Known(function(left.value, right.value))
    except (TypeError, ValueError, ArithmeticError):
        return Unknown(text)


def connect(
    upstream: Abstract, downstream: Abstract, machine: Follower, *, data: bool = False
) -> None:
    """Make the edges between all tasks of two values."""
    adopt(upstream, downstream, machine)
    if not (_settled(upstream) and _settled(downstream)):
        machine.doubt()
    downs = list(tasks_in(downstream))
    for up in tasks_in(upstream):
        for down in downs:
            _join(up, down, data)


def roots(value: TaskValue | GroupValue) -> list[int]:
    """The task, or those of a group that come after no task in it."""
    if isinstance(value, TaskValue):
        return [value.index]
    inside = set(value.indexes)
    later = {down for up, down in value.builder.edges if up in inside}
    return [index for index in value.indexes if index not in later]


def leaves(value: TaskValue | GroupValue) -> list[int]:
    """The task, or those of a group that no task in it comes after."""
    if isinstance(value, TaskValue):
        return [value.index]
    inside = set(value.indexes)
    earlier = {up for up, down in value.builder.edges if down in inside}
    return [index for index in value.indexes if index not in earlier]


def adopt(first: Abstract, second: Abstract, machine: Follower) -> None:
    """Put the tasks that no DAG has into the DAG of the others, as Airflow does for an edge.

    Airflow 2.11.2 and 3.3.2 refuse an edge between tasks of which none has a DAG.
    """
    builders = {task.builder for value in (first, second) for task in tasks_in(value)}
    if len(builders) != 1:
        return
    (builder,) = builders
    for loose in [*loose_in(first), *loose_in(second)]:
        put_into(loose, builder, machine)


def put_into(loose: LooseTask, builder: Builder, machine: Follower) -> None:
    """Make a task that no DAG has one of a DAG's."""
    if loose.task is not None:
        return
    builder.nodes.append(loose.made)
    loose.made.conditional = loose.made.conditional or machine.uncertain > 0
    loose.task = TaskValue(builder, len(builder.nodes) - 1)
    machine.site_dags.setdefault(loose.made.call, []).append(builder)
    machine.adopted.append((loose, builder))


def _settled(value: Abstract) -> bool:
    if isinstance(value, Unknown) or (isinstance(value, LooseTask) and value.task is None):
        return False
    if isinstance(value, Items):
        return value.exact and all(_settled(item) for item in value.items)
    return not isinstance(value, Table) or value.exact


def _join(up: TaskValue | GroupValue, down: TaskValue | GroupValue, data: bool) -> None:
    if up.builder is not down.builder:
        return
    edges = up.builder.edges
    for key in list(itertools.product(leaves(up), roots(down))):
        edges[key] = edges.get(key, False) or data


def chained(values: Iterable[Abstract], machine: Follower) -> None:
    """`chain(a, [b, c], [d, e], f)`: one after the other, equal lists pairwise."""
    previous: Abstract | None = None
    for value in values:
        if isinstance(previous, Items) and isinstance(value, Items):
            for up, down in zip(previous.items, value.items):
                connect(up, down, machine)
        elif previous is not None:
            connect(previous, value, machine)
        previous = value


def known_builder(value: Abstract) -> Builder | None:
    """The DAG that a task belongs to."""
    return value.builder if isinstance(value, (TaskValue, GroupValue)) else None
