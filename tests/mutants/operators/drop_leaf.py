"""A leaf is left out of what a flow returns, so that the flow does not fail with it."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.place import Change, Place, is_flow, text, without

NAME = "drop a leaf"


def changes(place: Place) -> Iterator[Change]:
    """The list without each of its elements."""
    node = place.node
    if isinstance(node, cst.List) and stands_in_return(place):
        for dropped, others in without(node.elements):
            yield Change(node, node.with_changes(elements=others), text(dropped))


def stands_in_return(place: Place) -> bool:
    """Whether it is what a flow returns."""
    return isinstance(place.parent, cst.Return) and is_flow(place.function())
