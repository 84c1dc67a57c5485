"""A string has one letter more; in an f-string, each of its literal parts."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.other_schedule import is_schedule
from operators.other_zone import is_zone
from operators.place import Change, Place, replaced

NAME = "change a string"


def changes(place: Place) -> Iterator[Change]:
    """Not those that other operators change: rules, schedules and time zones."""
    node = place.node
    if isinstance(node, cst.FormattedStringText):
        yield replaced(node, node.with_changes(value=f"{node.value}x"))
    if not isinstance(node, cst.SimpleString) or place.keyword() == "trigger_rule":
        return
    if not is_schedule(place) and not is_zone(node):
        end = len(node.quote)
        value = f"{node.value[:-end]}x{node.value[-end:]}"
        yield replaced(node, node.with_changes(value=value))
