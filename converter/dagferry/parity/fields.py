"""Reading typed fields out of JSON, with errors that say where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class TraceError(ValueError):
    """A document is not what its reference page says; the message names the place."""


@dataclass(frozen=True)
class Fields:
    """The fields of one JSON object; every getter raises `TraceError` when the shape is wrong."""

    data: Mapping[str, Any]
    place: str

    @classmethod
    def of(cls, data: Any, place: str) -> Fields:
        """The object at `place`."""
        if not isinstance(data, dict):
            raise TraceError(f"{place}: expected an object, found {type(data).__name__}")
        return cls(data, place)

    def fields(self, key: str) -> Fields:
        """A nested object."""
        return Fields.of(self._get(key), f"{self.place}.{key}")

    def text(self, key: str) -> str:
        """A string field."""
        return str(self._typed(key, str))

    def integer(self, key: str) -> int:
        """An integer field."""
        return int(self._typed(key, int))

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """A string field that is one of `choices`."""
        value = self.text(key)
        if value not in choices:
            expected = ", ".join(choices)
            raise TraceError(f"{self.place}.{key}: expected one of {expected}, found {value!r}")
        return value

    def mapping(self, key: str) -> Mapping[str, Any]:
        """An object, as it is."""
        return dict(self._typed(key, dict))

    def items(self, key: str, *types: type) -> tuple[Any, ...]:
        """A list whose items are of one of `types` (of any, when none is given)."""
        found = self._typed(key, list)
        for at, one in enumerate(found):
            self._require(one, types or (object,), f"{key}[{at}]")
        return tuple(found)

    def optional(self, key: str, kind: type) -> Any:
        """The field, or None when it is null or not there."""
        value = self.data.get(key)
        return value if value is None else self._require(value, (kind,), key)

    def _get(self, key: str) -> Any:
        if key not in self.data:
            raise TraceError(f"{self.place}: {key!r} is missing")
        return self.data[key]

    def _typed(self, key: str, kind: type) -> Any:
        return self._require(self._get(key), (kind,), key)

    def _require(self, value: Any, types: tuple[type, ...], key: str) -> Any:
        if not isinstance(value, types) or (isinstance(value, bool) and object not in types):
            names = " or ".join(kind.__name__ for kind in types)
            found = type(value).__name__
            raise TraceError(f"{self.place}.{key}: expected {names}, found {found}")
        return value
