"""Futures and states at any depth of an argument, and the argument with them replaced.

Lists, tuples, sets, dicts (keys too), dataclasses and annotations are looked into, other objects
are not (observed in Prefect 3.8.8). A value without anything to replace is passed on itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flowlight.annotations import Annotation, allow_failure, opaque, quote

__all__ = ["PLAIN", "replace"]

PLAIN = frozenset({str, int, float, bool, bytes, type(None)})
_BUILTIN = (list, tuple, set, frozenset, dict)


def replace(
    value: Any,
    wanted: tuple[type, ...],
    new: Callable[[Any, bool], Any],
    hidden: tuple[type, ...] = (),
) -> Any:
    """`value` with `new(item, allowed)` for each `wanted`; `allowed`: under `allow_failure`.

    Those of `wanted` that are `hidden` too are passed on as they are under `opaque`.
    """
    if type(value) in PLAIN:
        return value
    return _Walk(wanted, new, hidden).visit(value, allowed=False)


class _Walk:
    """One walk; remembers the containers it is inside of, so that a cycle ends it."""

    def __init__(
        self,
        wanted: tuple[type, ...],
        new: Callable[[Any, bool], Any],
        hidden: tuple[type, ...],
    ) -> None:
        self.wanted = wanted
        self.new = new
        self.hidden = hidden
        self.inside: set[int] = set()

    def visit(self, value: Any, *, allowed: bool) -> Any:
        if type(value) in PLAIN:
            return value
        if isinstance(value, self.wanted):
            found = self.new(value, allowed)
            # Observed in Prefect 3.8.8: states in a list that a state stands for are replaced too.
            return self.visit(found, allowed=allowed) if isinstance(found, _BUILTIN) else found
        if isinstance(value, quote):
            return value.value
        if isinstance(value, opaque) and (
            isinstance(value.value, self.hidden) or not isinstance(value.value, self.wanted)
        ):
            return value.value
        if isinstance(value, Annotation):
            return self.visit(value.value, allowed=allowed or isinstance(value, allow_failure))
        if id(value) in self.inside or not (
            isinstance(value, _BUILTIN) or _is_dataclass_instance(value)
        ):
            return value
        self.inside.add(id(value))
        try:
            return self._container(value, allowed=allowed)
        finally:
            self.inside.discard(id(value))

    def _container(self, value: Any, *, allowed: bool) -> Any:
        if isinstance(value, dict):
            old = [part for pair in value.items() for part in pair]
        elif isinstance(value, _BUILTIN):
            old = list(value)
        else:
            import dataclasses  # slow to import

            old = [getattr(value, f.name) for f in dataclasses.fields(value) if f.init]
        new = [self.visit(item, allowed=allowed) for item in old]
        if all(a is b for a, b in zip(old, new)):
            return value
        return _rebuild(value, new)


def _rebuild(value: Any, parts: list[Any]) -> Any:
    if isinstance(value, dict):
        return dict(zip(parts[::2], parts[1::2]))
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*parts)
    if isinstance(value, _BUILTIN):
        return type(value)(parts)
    import dataclasses

    names = [f.name for f in dataclasses.fields(value) if f.init]
    return dataclasses.replace(value, **dict(zip(names, parts)))


def _is_dataclass_instance(value: object) -> bool:
    """What `dataclasses` says of it, which is slow to import."""
    return hasattr(type(value), "__dataclass_fields__") and not isinstance(value, type)
