"""A setting of a deployment is left out, or an element of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NAME = "drop a setting"
#: What nobody runs by: words for the reader, and a pool that the reader is to choose.
_NOT_COMPARED = frozenset({"description", "work_pool", "version"})


def settings(deployment: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each setting, each tag and each parameter."""
    for key, value in deployment.items():
        if key in _NOT_COMPARED:
            continue
        yield key, {name: one for name, one in deployment.items() if name != key}
        if key == "tags" and len(value) > 1:
            for at, tag in enumerate(value):
                yield f"tag {tag}", {**deployment, "tags": [*value[:at], *value[at + 1 :]]}
        if key == "parameters" and len(value) > 1:
            for name in value:
                others = {one: given for one, given in value.items() if one != name}
                yield f"parameter {name}", {**deployment, "parameters": others}
