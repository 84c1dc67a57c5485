"""An edge is left out: of `wait_for`, of a chain of `>>`, of a list beside `>>`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.place import Change, Place, text, without

NAME = "drop an edge"
_SHIFTS = (cst.RightShift, cst.LeftShift)


def changes(place: Place) -> Iterator[Change]:
    """One edge fewer; a single edge that is a whole statement or argument is left to others."""
    node = place.node
    if isinstance(node, cst.List) and is_edges(place) and len(node.elements) > 1:
        for dropped, others in without(node.elements):
            shown = f"{text(dropped)} of {text(place.around[-1])}"
            yield Change(node, node.with_changes(elements=others), shown)
    if isinstance(node, cst.BinaryOperation) and is_shift(node):
        yield from _of_chain(node, is_shift(place.parent))


def is_edges(place: Place) -> bool:
    """Whether a list names tasks that others wait for."""
    return place.keyword() == "wait_for" or is_shift(place.parent)


def is_shift(node: cst.CSTNode | None) -> bool:
    """Whether it is `a >> b` or `a << b`."""
    return isinstance(node, cst.BinaryOperation) and isinstance(node.operator, _SHIFTS)


def _of_chain(node: cst.BinaryOperation, inside: bool) -> Iterator[Change]:
    """`a >> b >> c` is `(a >> b) >> c`."""
    if inside:
        yield Change(node, node.right, f"{text(node.left)} of {text(node)}")
        yield Change(node, node.left, f"{text(node.right)} of {text(node)}")
    elif is_shift(node.left):
        yield Change(node, node.left, f"{text(node.right)} of {text(node)}")
