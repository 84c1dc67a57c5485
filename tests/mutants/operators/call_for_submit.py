"""A task is called, where it was submitted: the flow waits for it and fails with it."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.place import Change, Place, text

NAME = "call for submit"


def changes(place: Place) -> Iterator[Change]:
    """`t.submit(x)` becomes `t(x)`."""
    match place.node:
        case cst.Call(func=cst.Attribute(value=function, attr=cst.Name("submit"))) as node:
            yield Change(node, node.with_changes(func=function), text(node))
