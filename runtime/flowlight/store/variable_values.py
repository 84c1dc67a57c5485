"""Which names and values a variable may have.

The rules: observed in Prefect 3.8.8, whose errors are pydantic's `ValidationError`s.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from datetime import date, time
from enum import Enum
from typing import Any, NoReturn
from uuid import UUID

__all__ = ["as_json", "check_name", "check_value"]

_NAME = re.compile(r"[a-z0-9_-]*")
_LONGEST_NAME = 255
_LONGEST_VALUE = 5000  # bytes of compact JSON


def check_name(name: str) -> None:
    """`ValidationError`, which is a `ValueError`, for a name that Prefect refuses."""
    if not _NAME.fullmatch(name):
        _refuse(
            "name",
            "Variable name must only contain lowercase letters, numbers, and dashes or underscores.",
        )
    if len(name) > _LONGEST_NAME:
        _refuse("name", f"Variable name must have at most {_LONGEST_NAME} characters")


def check_value(value: Any) -> None:
    """`ValidationError` for what is not JSON or too long, `ValueError` for infinite numbers."""
    if not isinstance(value, (str, int, float, dict, list, tuple, type(None))):
        _refuse("value", f"Variable value must be JSON, found {type(value).__name__}")
    try:
        size = len(_dumped(value).encode("utf-8"))
    except TypeError:
        _refuse("value", "Variable value must be serializable to JSON")
    if value is not None and size > _LONGEST_VALUE:
        _refuse("value", f"Variable value must be less than {_LONGEST_VALUE} characters")
    if any(isinstance(item, float) and not math.isfinite(item) for item in _items(value)):
        raise ValueError("Out of range float values are not JSON compliant")


def as_json(value: Any) -> Any:
    """The value as it comes back: tuples as lists, dates as text."""
    return json.loads(_dumped(value))


def _dumped(value: Any) -> str:
    if any(isinstance(each, dict) and not all(map(_is_text, each)) for each in _items(value)):
        raise TypeError("a key that is not text")
    return json.dumps(value, default=_text_of, ensure_ascii=False, separators=(",", ":"))


def _is_text(key: Any) -> bool:
    return isinstance(key, str)


def _items(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, dict):
        for item in value.values():
            yield from _items(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _items(item)


def _text_of(value: Any) -> Any:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def _refuse(field: str, text: str) -> NoReturn:
    from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

    error = PydanticCustomError("value_error", "Value error, {text}", {"text": text})
    raise ValidationError.from_exception_data(
        "Variable", [InitErrorDetails(type=error, loc=(field,), input=None)]
    )
