"""The XComs of a run: pushed by tasks, stored as Airflow stores them, pulled by others.

What can be stored and what comes back was observed in Airflow 2.11.2 and 3.3.2: keys of dicts
become text, a value without a serializer fails its task, what is pulled is a copy. Airflow 2 takes
a tuple in a list or a dict for a list, as JSON does, but not one in a tuple or a set.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from daglight.assets import AssetExpression
from daglight.calls import Unknown
from daglight.known import known_as
from daglight.scope import scope

__all__ = ["XCom", "XComs", "lazy", "stored_form"]

_KEPT = (date, timedelta)
_PLAIN = frozenset({type(None), bool, str})
_NUMBERS = frozenset({int, float})
_LARGE = 2**64
_LIBRARIES = ("numpy", "pandas", "pydantic")


@known_as("XCom")
class XCom:
    """`airflow.models.XCom`, for annotations; there is no table to ask."""


class XComs:
    """(task id, map index, key) -> value, in the order they were pushed; map index -1: unmapped."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, int, str], Any] = {}
        #: (task id, key) -> the map indexes that pushed it.
        self._indexes: dict[tuple[str, str], set[int]] = {}

    def push(self, task_id: str, key: str, value: Any, map_index: int = -1) -> Any:
        """Store a value and give its stored form; TypeError when Airflow could not store it."""
        stored = stored_form(value)
        place = (task_id, map_index, key)
        self._values.pop(place, None)
        self._values[place] = stored
        self._indexes.setdefault((task_id, key), set()).add(map_index)
        return stored

    def clear(self, task_id: str, map_index: int = -1) -> None:
        """Forget what an earlier try of the instance pushed."""
        for one in [one for one in self._values if one[:2] == (task_id, map_index)]:
            del self._values[one]
            self._indexes[task_id, one[2]].discard(map_index)

    def indexes(self, task_id: str, key: str) -> list[int]:
        """The map indexes of the instances that pushed that key, in order."""
        return sorted(self._indexes.get((task_id, key), ()))

    def has(self, task_id: str, key: str, map_index: int = -1) -> bool:
        """Whether the instance pushed that key."""
        return (task_id, map_index, key) in self._values

    def pull(self, task_id: str, key: str, map_index: int = -1) -> Any:
        """A copy of the value; KeyError without it."""
        return stored_form(self._values[task_id, map_index, key])

    def peek(self, task_id: str, key: str, map_index: int = -1) -> Any:
        """The stored value itself, to look at and not to hand out; KeyError without it."""
        return self._values[task_id, map_index, key]

    def latest(self, key: str | None, task_ids: Iterable[str] | None = None) -> list[Any]:
        """The newest value of these tasks (or any) under the key (or any): none or one."""
        wanted = None if task_ids is None else set(task_ids)
        for (task_id, _, found), value in reversed(self._values.items()):
            if (key is None or found == key) and (wanted is None or task_id in wanted):
                return [stored_form(value)]
        return []


class LazyXComSelectSequence(Sequence[Any]):
    """The values that the instances of a mapped task pushed, in the order of their map indexes.

    It holds what is stored and copies what is taken out.
    """

    def __init__(self, values: Iterable[Any]) -> None:
        self._values = list(values)

    def __getitem__(self, index: Any) -> Any:
        return stored_form(self._values[index])

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"LazySelectSequence({_counted(self._values)})"

    def __repr__(self) -> str:
        return str(self)


class LazyXComSequence(LazyXComSelectSequence):
    """The same in Airflow 3, which says how many there are once somebody has asked."""

    _asked = False

    def __len__(self) -> int:
        self._asked = True
        return super().__len__()

    def __str__(self) -> str:
        told = _counted(self._values) if self._asked else "<unevaluated length>"
        return f"LazyXComSequence({told})"


def _counted(values: list[Any]) -> str:
    return f"[{len(values)} item{'' if len(values) == 1 else 's'}]"


def lazy(values: Iterable[Any]) -> LazyXComSelectSequence:
    """The values of a mapped task as the emulated version gives them."""
    return (LazyXComSequence if scope.airflow_3 else LazyXComSelectSequence)(values)


def stored_form(value: Any) -> Any:
    """The value as it comes back from storage; TypeError or ValueError without one."""
    if type(value) in _PLAIN:
        return value
    if type(value) in _NUMBERS:
        return _number(value)
    if isinstance(value, LazyXComSelectSequence) and not scope.airflow_3:
        value = list(value)
    return _stored(value, as_json=not scope.airflow_3)


def _stored(value: Any, *, as_json: bool, inside: bool = False) -> Any:
    """`as_json`: JSON's own encoder meets the value; `inside` a list or a dict."""
    if isinstance(value, Enum) and not isinstance(value, str):
        raise _unstorable(value, as_json)
    if isinstance(value, (bool, int, float)):
        return _number(value)
    if isinstance(value, Decimal):
        return value.normalize()
    if isinstance(value, str):
        return str.__str__(value) if type(value) is not str else value
    if type(value) is datetime and value.tzinfo is timezone.utc:
        return value.replace(tzinfo=_pendulum_utc())
    if value is None or isinstance(value, _KEPT) or (scope.airflow_3 and isinstance(value, UUID)):
        return value
    if isinstance(value, dict):
        return {_key(k): _stored(v, as_json=as_json, inside=True) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return _sequence(value, as_json, inside)
    return _other(value, as_json)


@cache
def _pendulum_utc() -> tzinfo:
    """UTC as it comes back: a zone of pendulum's."""
    from zoneinfo import ZoneInfo

    class Timezone(ZoneInfo):
        def __repr__(self) -> str:
            return f"Timezone({self.key!r})"

    return Timezone("UTC")


def _number(value: Any) -> Any:
    """Airflow 3 sends values as strict JSON: no nan, and large integers come back as floats."""
    if scope.airflow_3 and isinstance(value, float) and not math.isfinite(value):
        raise ValueError("Out of range float values are not JSON compliant")
    if scope.airflow_3 and type(value) is int and abs(value) >= _LARGE:
        return float(value)
    return value


def _key(key: Any) -> str:
    """Observed: a None key is `null` in Airflow 2.11.2 and `None` in Airflow 3.3.2."""
    return "null" if key is None and not scope.airflow_3 else str(key)


def _sequence(value: Any, as_json: bool, inside: bool) -> Any:
    plain = as_json and (isinstance(value, list) or (inside and isinstance(value, tuple)))
    try:
        parts = [_stored(part, as_json=plain, inside=plain) for part in value]
    except TypeError as error:
        raise error if plain or not as_json else _unstorable(value, as_json) from None
    if plain:
        return parts
    kind = next(kind for kind in (list, tuple, set, frozenset) if isinstance(value, kind))
    return kind(parts)


def _other(value: Any, as_json: bool) -> Any:
    """Dataclasses, and values of libraries that Airflow has serializers for."""
    if isinstance(value, Unknown):
        value.refuse()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value)
    if isinstance(value, AssetExpression):
        return value
    if type(value).__module__.split(".")[0] in _LIBRARIES or hasattr(value, "model_dump"):
        return value
    raise _unstorable(value, as_json)


def _unstorable(value: Any, as_json: bool) -> TypeError:
    """In Airflow 2 the words are those of JSON's encoder, about what it met itself."""
    if as_json:
        return TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
    return TypeError(f"cannot serialize object of type {type(value)}")
