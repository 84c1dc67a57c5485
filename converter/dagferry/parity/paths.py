"""Where a flow's result holds the value of an XCom key."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.parity.trace import Json, Returned


def value_at(result: Returned | None, path: Sequence[str | int]) -> Returned | None:
    """Follow dict keys and list positions; None when the result does not go that far."""
    found = result
    for step in path:
        found = None if found is None else _step(found.value, step)
    return found


def _step(value: Json, step: str | int) -> Returned | None:
    if isinstance(value, dict) and value.get("$type") == "dict":
        return next((Returned(one) for key, one in value["items"] if key == step), None)
    if isinstance(value, dict):
        return Returned(value[step]) if step in value else None
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return Returned(value[step])
    return None
