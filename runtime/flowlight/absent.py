"""Names of Prefect's that a class of flowlight has not, and what is said to who asks for one.

A descriptor for each: a class with `__getattr__` would pay for it at every attribute that it has.
"""

from __future__ import annotations

from collections.abc import Mapping

from flowlight.errors import NotSupported

__all__ = ["refuse_names", "rename_names"]


class _Absent:
    """One name that instances have not."""

    def __init__(self, error: type[Exception], text: str) -> None:
        self._error, self._text = error, text

    def __get__(self, instance: object, _: type) -> _Absent:
        """Itself for the class, as a property: what `dir` of a class names can be had."""
        if instance is None:
            return self
        raise self._error(self._text)


def refuse_names(owner: type, hints: Mapping[str, str]) -> None:
    """`NotSupported` for each of these names of `owner`, with what to do."""
    for name, hint in hints.items():
        text = f"flowlight has no {owner.__name__}.{name}; {hint}"
        setattr(owner, name, _Absent(NotSupported, text))


def rename_names(owner: type, hints: Mapping[str, str]) -> None:
    """`AttributeError` for each of these names of `owner`, with the name of today."""
    for name, hint in hints.items():
        text = f"{owner.__name__!r} object has no attribute {name!r}: {hint}"
        setattr(owner, name, _Absent(AttributeError, text))
