"""Any value as JSON, without loss where that is possible: `docs/reference/trace.md`, "Values"."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import UUID

__all__ = ["encode"]

_DEEPEST = 50


def encode(value: Any) -> Any:
    """The JSON value that stands for this one."""
    return _encode(value, 0, frozenset())


def _encode(value: Any, depth: int, inside: frozenset[int]) -> Any:
    if value is None or type(value) in (bool, int, str):
        return value
    simple = _simple(value)
    if simple is not _NOT_SIMPLE:
        return simple
    if depth >= _DEEPEST or id(value) in inside:
        return _typed("opaque", name="too deep")
    deeper = inside | {id(value)}
    return _container(value, lambda item: _encode(item, depth + 1, deeper))


_NOT_SIMPLE = object()


def _typed(kind: str, **fields: Any) -> dict[str, Any]:
    return {"$type": kind, **fields}


def _datetime(value: datetime) -> dict[str, Any]:
    if value.utcoffset() is not None:
        value = value.astimezone(timezone.utc)
        value = datetime.combine(value.date(), value.timetz())
    return _typed("datetime", value=value.isoformat())


def _float(value: float) -> Any:
    if math.isfinite(value):
        return float(value)
    return _typed("float", value=repr(float(value)))


# In this order: an Enum may be text or a number, a datetime is a date, a bool is an int.
_SIMPLE: list[tuple[tuple[type, ...], Callable[[Any], Any]]] = [
    ((Enum,), lambda v: encode(v.value)),
    ((str,), str.__str__),
    ((int,), int),
    ((float,), _float),
    ((bytes, bytearray), lambda v: _typed("bytes", hex=v.hex())),
    ((datetime,), _datetime),
    ((date,), lambda v: _typed("date", value=v.isoformat())),
    ((time,), lambda v: _typed("time", value=v.isoformat())),
    ((timedelta,), lambda v: _typed("timedelta", seconds=v.total_seconds())),
    ((Decimal,), lambda v: _typed("decimal", value=str(v))),
    ((UUID,), lambda v: _typed("uuid", value=str(v))),
    ((PurePath,), lambda v: _typed("path", value=str(v))),
]


def _simple(value: Any) -> Any:
    for types, encoder in _SIMPLE:
        if isinstance(value, types):
            return encoder(value)
    return _NOT_SIMPLE


def _container(value: Any, item: Callable[[Any], Any]) -> Any:
    if isinstance(value, (list, tuple)):
        return [item(each) for each in value]
    if isinstance(value, dict):
        if all(isinstance(key, str) and key != "$type" for key in value):
            return {str(key): item(each) for key, each in value.items()}
        return _typed("dict", items=[[item(key), item(each)] for key, each in value.items()])
    if isinstance(value, (set, frozenset)):
        return _typed("set", items=sorted((item(each) for each in value), key=_text))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: item(getattr(value, f.name, None)) for f in dataclasses.fields(value)}
        return _typed("dataclass", name=type(value).__name__, fields=fields)
    return _typed("opaque", name=type(value).__name__)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
