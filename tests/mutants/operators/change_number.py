"""A number is one more."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.place import Change, Place, replaced

NAME = "change a number"


def changes(place: Place) -> Iterator[Change]:
    """An int or a float of the file."""
    node = place.node
    if isinstance(node, cst.Integer):
        yield replaced(node, cst.Integer(str(node.evaluated_value + 1)))
    if isinstance(node, cst.Float):
        yield replaced(node, cst.Float(repr(node.evaluated_value + 1)))
