"""The XComs of a run: pushed by tasks, stored as Airflow stores them, pulled by others.

What can be stored and what comes back was observed in Airflow 2.11.2 and 3.3.2: keys of dicts become text, a value
without a serializer fails its task, what is pulled is a copy.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from daglight.moment import as_moment

__all__ = ["XCom", "XComs", "stored_form"]

_PLAIN = (str, int, float, bool, type(None))
_KEPT = (date, timedelta, Decimal, uuid.UUID)


class XCom:
    """`airflow.models.XCom`, for annotations."""


class XComs:
    """(task id, key) -> value, in the order they were pushed."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], Any] = {}

    def push(self, task_id: str, key: str, value: Any) -> Any:
        """Store a value and give its stored form; TypeError when Airflow could not store it."""
        stored = stored_form(value)
        self._values.pop((task_id, key), None)
        self._values[task_id, key] = stored
        return stored

    def clear(self, task_id: str) -> None:
        """Forget what an earlier try of the task pushed."""
        for one in [one for one in self._values if one[0] == task_id]:
            del self._values[one]

    def has(self, task_id: str, key: str) -> bool:
        """Whether the task pushed that key."""
        return (task_id, key) in self._values

    def pull(self, task_id: str, key: str) -> Any:
        """A copy of the value; KeyError without it."""
        return stored_form(self._values[task_id, key])

    def latest(self, key: str | None, task_ids: Iterable[str] | None = None) -> list[Any]:
        """The newest value of any task (or of these) under the key (or any), as a list of none or one."""
        wanted = None if task_ids is None else set(task_ids)
        for (task_id, found), value in reversed(self._values.items()):
            if (key is None or found == key) and (wanted is None or task_id in wanted):
                return [stored_form(value)]
        return []


def stored_form(value: Any) -> Any:
    """The value as it comes back from storage; TypeError for what has no stored form."""
    if isinstance(value, Enum):
        return stored_form(value.value)
    if isinstance(value, datetime):
        return as_moment(value)
    if type(value) in _PLAIN or isinstance(value, _PLAIN) or isinstance(value, _KEPT):
        return value
    if isinstance(value, dict):
        return {str(key): stored_form(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return _sequence(value)
    return _other(value)


def _sequence(value: Any) -> Any:
    parts = [stored_form(part) for part in value]
    for kind in (list, tuple, set, frozenset):
        if isinstance(value, kind):
            return kind(parts)
    raise AssertionError(value)


def _other(value: Any) -> Any:
    if isinstance(value, time) or not _has_serializer(value):
        raise TypeError(f"cannot serialize object of type {type(value)}")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value)
    return value


def _has_serializer(value: Any) -> bool:
    """Dataclasses, and classes of libraries that Airflow knows: numpy, pandas, pydantic."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return True
    return type(value).__module__.split(".")[0] in ("numpy", "pandas", "pydantic") or hasattr(
        value, "model_dump"
    )
