"""A condition is the opposite, `True` is `False`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.place import Change, Place, replaced

NAME = "negate"
_OPPOSITE = {"True": "False", "False": "True"}


def changes(place: Place) -> Iterator[Change]:
    """Conditions, the operands of `and` and `or`, comparisons that are returned, and constants."""
    node = place.node
    match node:
        case cst.Name(value) if value in _OPPOSITE:
            yield replaced(node, cst.Name(_OPPOSITE[value]))
        case (
            cst.If(test=test) | cst.IfExp(test=test) | cst.While(test=test) | cst.CompIf(test=test)
        ):
            yield _negated(test)
        case cst.BooleanOperation(left=left, right=right):
            yield from (_negated(left), _negated(right))
        case cst.Return(value=cst.Comparison() as test) | cst.Lambda(body=cst.Comparison() as test):
            yield _negated(test)


def _negated(test: cst.BaseExpression) -> Change:
    inside = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return replaced(test, cst.UnaryOperation(cst.Not(), inside))
