"""Futures and states at any depth of an argument, and the argument with them replaced.

Lists, tuples, sets, dicts (keys too), dataclasses, pydantic models and annotations are looked into,
other objects and frozen sets are not (observed in Prefect 3.8.8). A value without anything to replace
is passed on itself; one that cannot be made anew from its parts raises what its class raises.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flowlight.annotations import Annotation, allow_failure, opaque, quote

__all__ = ["PLAIN", "is_container", "parts_of", "rebuilt", "replace"]

PLAIN = frozenset({str, int, float, bool, bytes, type(None)})
_BUILTIN = (list, tuple, set, dict)


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
    """One walk; remembers the containers it is inside of, so that a cycle ends it.

    A container that stands in several places is made anew once (observed in Prefect 3.8.8).
    """

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
        self.made: dict[tuple[int, bool], tuple[Any, Any]] = {}  # what is shared stays shared

    def visit(self, value: Any, *, allowed: bool) -> Any:
        if type(value) in PLAIN:
            return value
        if isinstance(value, self.wanted):
            found = self.new(value, allowed)
            # Observed in Prefect 3.8.8: states in a list that a state stands for are replaced too.
            again = isinstance(found, (*_BUILTIN, *self.hidden))
            return self.visit(found, allowed=allowed) if again and found is not value else found
        if isinstance(value, quote):
            return value.value
        if isinstance(value, opaque) and (
            isinstance(value.value, self.hidden) or not isinstance(value.value, self.wanted)
        ):
            return value.value
        if isinstance(value, opaque):  # what the future gives is not looked into
            return self.new(value.value, allowed)
        if isinstance(value, Annotation):
            return self.visit(value.value, allowed=allowed or isinstance(value, allow_failure))
        if id(value) in self.inside or not is_container(value):
            return value
        key = id(value), allowed
        if key in self.made:
            return self.made[key][1]
        self.inside.add(id(value))
        try:
            new = self._container(value, allowed=allowed)
        finally:
            self.inside.discard(id(value))
        if new is not value:
            self.made[key] = value, new  # with the value, whose id is not given anew then
        return new

    def _container(self, value: Any, *, allowed: bool) -> Any:
        old = parts_of(value)
        new = [self.visit(item, allowed=allowed) for item in old]
        if all(a is b for a, b in zip(old, new)):
            return value
        return rebuilt(value, new)


def is_container(value: Any) -> bool:
    """Whether it has parts that are looked into."""
    return isinstance(value, _BUILTIN) or _is_dataclass(value) or _is_model(value)


def parts_of(value: Any) -> list[Any]:
    """What a container holds; of a dict, keys and values in turns."""
    if isinstance(value, dict):
        return [part for pair in value.items() for part in pair]
    if isinstance(value, _BUILTIN):
        return list(value)
    if _is_model(value):
        return list(dict(value).values())
    return [getattr(value, name) for name in _fields(value)]


def rebuilt(value: Any, parts: list[Any]) -> Any:
    """A container like this one, with other parts."""
    if isinstance(value, dict):
        return type(value)(zip(parts[::2], parts[1::2]))
    if isinstance(value, tuple) and hasattr(value, "_make"):
        return value._make(parts)
    if isinstance(value, _BUILTIN):
        return type(value)(parts)
    if _is_model(value):
        return _remodelled(value, parts)
    import dataclasses  # slow to import

    return dataclasses.replace(value, **dict(zip(_fields(value), parts)))


def _remodelled(value: Any, parts: list[Any]) -> Any:
    """The model with other values, which are not validated."""
    fields = dict(zip(dict(value), parts))
    model = type(value).model_construct(_fields_set=value.model_fields_set, **fields)
    for name in value.__private_attributes__:
        setattr(model, name, getattr(value, name))
    return model


def _fields(value: Any) -> list[str]:
    import dataclasses  # slow to import

    return [field.name for field in dataclasses.fields(value)]


def _is_model(value: object) -> bool:
    """Whether it is a pydantic model, told without pydantic, which is slow to import."""
    return hasattr(type(value), "__pydantic_fields__") and not _is_dataclass(value)


def _is_dataclass(value: object) -> bool:
    """What `dataclasses` says of it, which is slow to import."""
    return hasattr(type(value), "__dataclass_fields__") and not isinstance(value, type)
