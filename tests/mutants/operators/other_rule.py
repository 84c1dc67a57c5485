"""A trigger rule is another one; `allow_failure`, which is one in plain Prefect, is left out."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.place import Change, Place, called, replaced

NAME = "other rule"
RULES = ("all_success", "all_done", "one_success", "none_failed", "all_failed")


def changes(place: Place) -> Iterator[Change]:
    """Every rule that was given becomes each of `RULES`."""
    node = place.node
    if isinstance(node, cst.SimpleString) and place.keyword() == "trigger_rule":
        for rule in RULES:
            if rule != node.evaluated_value:
                yield replaced(node, cst.SimpleString(f'"{rule}"'))
    if isinstance(node, cst.Call) and called(node) == "allow_failure" and len(node.args) == 1:
        yield replaced(node, node.args[0].value)
