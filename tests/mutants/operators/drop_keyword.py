"""An argument by keyword is left out of a call, a decorator's included."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.place import Change, Place, text, without

NAME = "drop a keyword"


def changes(place: Place) -> Iterator[Change]:
    """The call without each of them."""
    node = place.node
    if isinstance(node, cst.Call):
        for dropped, others in without(node.args):
            if _is_description(dropped):
                continue
            if dropped.keyword is not None or dropped.star == "**":
                shown = f"{text(dropped)} of {text(node.func)}"
                yield Change(node, node.with_changes(args=others), shown)


def _is_description(argument: cst.Arg) -> bool:
    """Words for the reader, by which nobody runs anything."""
    return argument.keyword is not None and argument.keyword.value == "description"
