"""Two neighbouring arguments by position change places."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.place import Change, Place, text

NAME = "swap arguments"


def changes(place: Place) -> Iterator[Change]:
    """The call with each two neighbours swapped; equal ones are left alone."""
    node = place.node
    if not isinstance(node, cst.Call):
        return
    for at in range(len(node.args) - 1):
        one, other = node.args[at : at + 2]
        if _by_position(one) and _by_position(other) and text(one) != text(other):
            swapped = (one.with_changes(value=other.value), other.with_changes(value=one.value))
            args = [*node.args[:at], *swapped, *node.args[at + 2 :]]
            shown = f"{text(one)}, {text(other)} of {text(node.func)}"
            yield Change(node, node.with_changes(args=args), shown)


def _by_position(argument: cst.Arg) -> bool:
    return argument.keyword is None and not argument.star
