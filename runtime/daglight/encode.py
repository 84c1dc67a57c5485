"""Values as JSON, as `docs/reference/trace.md` (Values) writes them down."""

from __future__ import annotations

import dataclasses
import json
import math
import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any

__all__ = ["encode"]

_DEEPEST = 50
_JSON = frozenset({type(None), bool, int, str})
_TOO_DEEP = {"$type": "opaque", "name": "too deep"}


def encode(value: Any, depth: int = 0) -> Any:
    """The JSON form of a value; never raises."""
    if type(value) in _JSON:
        return value
    if type(value) in _BY_TYPE and depth <= _DEEPEST:
        return _BY_TYPE[type(value)](value, depth)
    if isinstance(value, (bool, str, int)) and not isinstance(value, Enum):
        return _plain(value)
    if depth > _DEEPEST:
        return dict(_TOO_DEEP)
    for types, writer in _WRITERS:
        if isinstance(value, types):
            return writer(value, depth)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _dataclass(value, depth)
    return {"$type": "opaque", "name": type(value).__name__}


def _plain(value: Any) -> Any:
    for kind in (bool, int, str):
        if isinstance(value, kind):
            return kind(value) if kind is not str else str.__str__(value)
    return value


def _dict(value: dict[Any, Any], depth: int) -> Any:
    if not value:
        return {}
    if all(isinstance(key, str) and key != "$type" for key in value):
        return {key: encode(part, depth + 1) for key, part in value.items()}
    return {
        "$type": "dict",
        "items": [[encode(key, depth + 1), encode(part, depth + 1)] for key, part in value.items()],
    }


def _list(value: Any, depth: int) -> Any:
    return [encode(part, depth + 1) for part in value] if value else []


def _set(value: Any, depth: int) -> Any:
    return {
        "$type": "set",
        "items": sorted(_list(value, depth), key=lambda part: json.dumps(part, sort_keys=True)),
    }


def _float(value: float, _: int) -> Any:
    return float(value) if math.isfinite(value) else {"$type": "float", "value": str(float(value))}


def _datetime(value: datetime, _: int) -> Any:
    moment = value.astimezone(timezone.utc) if value.tzinfo else value
    return {"$type": "datetime", "value": moment.isoformat()}


def _dataclass(value: Any, depth: int) -> Any:
    fields = {
        one.name: encode(getattr(value, one.name), depth + 1) for one in dataclasses.fields(value)
    }
    return {"$type": "dataclass", "name": type(value).__name__, "fields": fields}


def _text(kind: str) -> Callable[[Any, int], Any]:
    return lambda value, _: {"$type": kind, "value": str(value)}


_WRITERS: list[tuple[Any, Callable[[Any, int], Any]]] = [
    (Enum, lambda value, depth: encode(value.value, depth + 1)),
    (float, _float),
    (dict, _dict),
    ((list, tuple), _list),
    ((set, frozenset), _set),
    ((bytes, bytearray), lambda value, _: {"$type": "bytes", "hex": bytes(value).hex()}),
    (datetime, _datetime),
    (date, lambda value, _: {"$type": "date", "value": value.isoformat()}),
    (time, lambda value, _: {"$type": "time", "value": value.isoformat()}),
    (timedelta, lambda value, _: {"$type": "timedelta", "seconds": value.total_seconds()}),
    (Decimal, _text("decimal")),
    (uuid.UUID, _text("uuid")),
    (PurePath, _text("path")),
]
#: The same without a search, for what is most of all.
_BY_TYPE: dict[type, Callable[[Any, int], Any]] = {
    dict: _dict,
    float: _float,
    list: _list,
    tuple: _list,
}
