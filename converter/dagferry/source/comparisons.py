"""Following comparisons of known values."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from dagferry.source.abstract import Abstract, Items, Known, Scope, Table, Unknown
from dagferry.source.following import Follower
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled


def compare(node: grammar.Compare, scope: Scope, machine: Follower) -> Abstract:
    """What a comparison of known values gives."""
    left = machine.evaluate(node.left, scope)
    right = machine.evaluate(node.comparators[0], scope)
    if len(node.ops) > 1 or not isinstance(left, Known):
        return Unknown(spelled(node))
    op = node.ops[0]
    if op in {"in", "not in"} and isinstance(right, (Items, Table)) and right.exact:
        inside = left.value in _plain(right)
        return Known(inside == (op == "in"))
    if not isinstance(right, Known):
        return Unknown(spelled(node))
    try:
        return _compared(op, left.value, right.value)
    except TypeError:
        return Unknown(spelled(node))


def _plain(value: Items | Table) -> list[object]:
    if isinstance(value, Table):
        return list(value.items)
    return [item.value for item in value.items if isinstance(item, Known)]


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": operator.is_,
    "is not": operator.is_not,
    "in": lambda a, b: a in b,
    "not in": lambda a, b: a not in b,
}


def _compared(op: str, left: Any, right: Any) -> Abstract:
    return Known(_COMPARISONS[op](left, right))
