"""`map`, `zip` and `concat` of what tasks push: computed when a task uses it, element by element.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/dynamic-task-
mapping.html#transforming-expanding-data; what is refused was observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from daglight.xcom_arg import MISSING, LengthOf, Reference, XComArg

__all__ = ["ConcatenatedReference", "MappedReference", "ZippedReference"]


class MappedReference(Reference):
    """Values that functions change, one after another."""

    def __init__(self, inner: Reference, functions: tuple[Callable[[Any], Any], ...]) -> None:
        if any(hasattr(one, "operator_class") for one in functions):
            raise ValueError("map() argument must be a plain function, not a @task operator")
        self.inner, self.functions = inner, functions

    def references(self) -> Iterator[XComArg]:
        """Those of what is mapped."""
        return self.inner.references()

    def map(self, f: Callable[[Any], Any]) -> Reference:
        """One more function."""
        return MappedReference(self.inner, (*self.functions, f))

    def map_length(self, length_of: LengthOf) -> int | None:
        """As many as without the functions."""
        return self.inner.map_length(length_of)

    def resolve(self, context: Any) -> Any:
        """A sequence that calls the functions when an element is taken."""
        return _MapResult(_checked(self.inner.resolve(context), "map"), self.functions)


class ZippedReference(Reference):
    """Tuples of the values of several."""

    def __init__(self, parts: tuple[Reference, ...], fillvalue: Any) -> None:
        self.parts, self.fillvalue = parts, fillvalue

    def references(self) -> Iterator[XComArg]:
        """Those of all parts."""
        return (one for part in self.parts for one in part.references())

    def map_length(self, length_of: LengthOf) -> int | None:
        """The shortest, or the longest when something fills up."""
        lengths = [part.map_length(length_of) for part in self.parts]
        known = [length for length in lengths if length is not None]
        if len(known) < len(lengths):
            return None
        return min(known) if self.fillvalue is MISSING else max(known)

    def resolve(self, context: Any) -> Any:
        """A sequence of tuples."""
        values = [_checked(part.resolve(context), "zip") for part in self.parts]
        return _ZipResult(values, self.fillvalue)


class ConcatenatedReference(Reference):
    """The values of several, one after another."""

    def __init__(self, parts: tuple[Reference, ...]) -> None:
        self.parts = parts

    def references(self) -> Iterator[XComArg]:
        """Those of all parts."""
        return (one for part in self.parts for one in part.references())

    def concat(self, *others: Reference) -> Reference:
        """More of them at the end."""
        return ConcatenatedReference((*self.parts, *others))

    def map_length(self, length_of: LengthOf) -> int | None:
        """The sum."""
        lengths = [part.map_length(length_of) for part in self.parts]
        return None if None in lengths else sum(one for one in lengths if one is not None)

    def resolve(self, context: Any) -> Any:
        """A sequence of all."""
        return _ConcatResult([_checked(part.resolve(context), "concat") for part in self.parts])


class _MapResult(Sequence[Any]):
    def __init__(self, values: Any, functions: tuple[Callable[[Any], Any], ...]) -> None:
        self._values, self._functions = values, functions

    def __getitem__(self, index: Any) -> Any:
        value = self._values[index]
        for function in self._functions:
            value = function(value)
        return value

    def __len__(self) -> int:
        return len(self._values)


class _ZipResult(Sequence[Any]):
    def __init__(self, values: list[Any], fillvalue: Any) -> None:
        self._values, self._fillvalue = values, fillvalue

    def __getitem__(self, index: Any) -> Any:
        if index >= len(self):
            raise IndexError(index)
        return tuple(self._part(value, index) for value in self._values)

    def _part(self, value: Any, index: int) -> Any:
        try:
            return value[index]
        except (IndexError, KeyError):
            return self._fillvalue

    def __len__(self) -> int:
        lengths = [len(value) for value in self._values]
        return min(lengths) if self._fillvalue is MISSING else max(lengths)


class _ConcatResult(Sequence[Any]):
    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __getitem__(self, index: Any) -> Any:
        return [one for value in self._values for one in value][index]

    def __len__(self) -> int:
        return sum(len(value) for value in self._values)


def _checked(value: Any, verb: str) -> Any:
    if isinstance(value, (Sequence, dict)):
        return value
    raise ValueError(f"XCom {verb} expects sequence or dict, not {type(value).__name__}")
