"""Prefect's variables: named JSON values that outlive a process.

https://docs.prefect.io/v3/concepts/variables. They are kept in the store, or in the JSON file of
names and values that `FLOWLIGHT_VARIABLES` names.
"""

from __future__ import annotations

from typing import Any

from flowlight.asynchronous import as_async
from flowlight.dispatch import dispatched
from flowlight.store.variable_backends import Entry, backend, preset
from flowlight.store.variable_values import as_json, check_name, check_value

__all__ = ["Variable", "preset"]


def _get(name: str, default: Any = None) -> Any:
    """The value; `default` when there is none of this name."""
    found = backend().read(name)
    return default if found is None else found.value


def _set(
    name: str,
    value: Any,
    tags: list[str] | None = None,
    overwrite: bool = False,
) -> Variable:
    """Keep a value; `ValueError` for a name that is taken, unless `overwrite`."""
    taken = ValueError(f"Variable {name!r} already exists. Use `overwrite=True` to update it.")
    if not overwrite and backend().read(name) is not None:
        raise taken
    check_name(name)
    check_value(value)
    if not backend().write(name, Entry(as_json(value), tuple(tags or ())), overwrite):
        raise taken
    return Variable(name, value, tags or [])


def _unset(name: str) -> bool:
    """Forget a value; False when there was none."""
    return backend().remove(name)


class Variable:
    """A named JSON value."""

    def __init__(self, name: str, value: Any, tags: list[str] | None = None) -> None:
        check_value(value)
        self.name = name
        self.value = value
        self.tags = tags

    def __class_getitem__(cls, _: Any) -> type[Variable]:
        """`Variable[str]`: a promise to type checkers, which nothing enforces (as in Prefect)."""
        return cls

    def __repr__(self) -> str:
        return f"Variable(name={self.name!r}, value={self.value!r}, tags={self.tags!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Variable) and self.model_dump() == other.model_dump()

    __hash__ = None  # type: ignore[assignment]  # it may change, as Prefect's may

    def model_dump(self) -> dict[str, Any]:
        """The fields."""
        return {"name": self.name, "value": self.value, "tags": self.tags}

    get = staticmethod(dispatched(_get))
    aget = staticmethod(as_async(_get))
    set = staticmethod(dispatched(_set))
    aset = staticmethod(as_async(_set))
    unset = staticmethod(dispatched(_unset))
    aunset = staticmethod(as_async(_unset))
