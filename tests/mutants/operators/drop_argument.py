"""An argument by position is left out of a call."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.place import Change, Place, text, without

NAME = "drop an argument"


def changes(place: Place) -> Iterator[Change]:
    """The call without each of them."""
    node = place.node
    if isinstance(node, cst.Call):
        for dropped, others in without(node.args):
            if dropped.keyword is None and dropped.star != "**":
                shown = f"{text(dropped)} of {text(node.func)}"
                yield Change(node, node.with_changes(args=others), shown)
