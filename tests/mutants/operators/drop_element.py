"""An element is left out of a list, tuple, set or dict."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.drop_edge import is_edges
from operators.drop_leaf import stands_in_return
from operators.place import Change, Place, text, without

NAME = "drop an element"


def changes(place: Place) -> Iterator[Change]:
    """The display without each of its elements; targets of assignments stay as they are."""
    node = place.node
    if not isinstance(node, (cst.List, cst.Tuple, cst.Set, cst.Dict)):
        return
    if getattr(place.parent, "target", None) is node:
        return
    if stands_in_return(place) or is_edges(place) or (isinstance(node, cst.Set) and one(node)):
        return
    for dropped, others in without(node.elements):
        yield Change(node, node.with_changes(elements=others), f"{text(dropped)} of {text(node)}")


def one(node: cst.Set) -> bool:
    """Whether nothing would be left, which is no set."""
    return len(node.elements) == 1
