"""Marks on arguments: `unmapped` and `allow_failure`.

https://docs.prefect.io/v3/api-ref/python/prefect-utilities-annotations
"""

from __future__ import annotations

from typing import Any

__all__ = ["allow_failure", "unmapped"]


class Annotation:
    """A value with a mark on it."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def unwrap(self) -> Any:
        """The value without the mark."""
        return self.value

    def rewrap(self, value: Any) -> Annotation:
        """Another value with the same mark."""
        return type(self)(value)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value!r})"


class unmapped(Annotation):  # noqa: N801  # the names are Prefect's
    """An argument that every run of a `map` gets whole."""

    __slots__ = ()


class allow_failure(Annotation):  # noqa: N801
    """An argument whose failure does not hold the run back: the exception is passed instead."""

    __slots__ = ()
