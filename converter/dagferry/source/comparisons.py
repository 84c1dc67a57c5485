"""Following comparisons of known values."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dagferry.source.abstract import Abstract, Items, Known, Scope, Table, Unknown

if TYPE_CHECKING:
    from dagferry.source.machine import Machine


def compare(node: ast.Compare, scope: Scope, machine: Machine) -> Abstract:
    """What a comparison of known values gives."""
    left = machine.evaluate(node.left, scope)
    right = machine.evaluate(node.comparators[0], scope)
    if len(node.ops) > 1 or not isinstance(left, Known):
        return Unknown(ast.unparse(node))
    op = node.ops[0]
    if isinstance(op, (ast.In, ast.NotIn)) and isinstance(right, (Items, Table)) and right.exact:
        inside = left.value in _plain(right)
        return Known(inside == isinstance(op, ast.In))
    if not isinstance(right, Known):
        return Unknown(ast.unparse(node))
    try:
        return _compared(op, left.value, right.value)
    except TypeError:
        return Unknown(ast.unparse(node))


def _plain(value: Items | Table) -> list[object]:
    if isinstance(value, Table):
        return list(value.items)
    return [item.value for item in value.items if isinstance(item, Known)]


_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}


def _compared(op: ast.cmpop, left: Any, right: Any) -> Abstract:
    return Known(_COMPARISONS[type(op)](left, right))
