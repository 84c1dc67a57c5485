"""Prefect's variables, kept in memory or in a JSON file of names and values.

https://docs.prefect.io/v3/concepts/variables. `FLOWLIGHT_VARIABLES` is the path of the file;
without it the variables of a process end with it.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Variable", "preset"]

_NAME = re.compile(r"[a-z0-9_-]*")
_LONGEST_NAME = 255
_LONGEST_VALUE = 5000

_lock = threading.Lock()
_values: dict[str, Any] | None = None


@dataclass(frozen=True)
class Variable:
    """A named JSON value."""

    name: str
    value: Any
    tags: list[str] = field(default_factory=list)

    @classmethod
    def get(cls, name: str, default: Any = None) -> Any:
        """The value; `default` when there is none of this name."""
        with _lock:
            return json.loads(json.dumps(_stored()[name])) if name in _stored() else default

    @classmethod
    def set(
        cls, name: str, value: Any, tags: list[str] | None = None, overwrite: bool = False
    ) -> Variable:
        """Keep a value; `ValueError` for a name that is taken, unless `overwrite`."""
        _check(name, value)
        with _lock:
            if name in _stored() and not overwrite:
                raise ValueError(
                    f"Variable {name!r} already exists. Use `overwrite=True` to update it."
                )
            _stored()[name] = json.loads(json.dumps(value))
            _save()
        return cls(name, value, tags or [])

    @classmethod
    def unset(cls, name: str) -> bool:
        """Forget a value; False when there was none."""
        with _lock:
            if name not in _stored():
                return False
            del _stored()[name]
            _save()
            return True


def preset(values: Mapping[str, Any]) -> None:
    """Make these the variables of this process, whatever `FLOWLIGHT_VARIABLES` says."""
    global _values
    _values = dict(values)


def _stored() -> dict[str, Any]:
    global _values
    if _values is None:
        path = _path()
        _values = json.loads(path.read_text(encoding="utf-8")) if path and path.exists() else {}
    return _values


def _save() -> None:
    path = _path()
    if path is not None:
        part = path.with_name(path.name + ".part")
        part.write_text(json.dumps(_values, indent=1), encoding="utf-8")
        part.replace(path)


def _path() -> Path | None:
    name = os.environ.get("FLOWLIGHT_VARIABLES")
    return Path(name) if name else None


def _check(name: str, value: Any) -> None:
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise ValueError(
            f"Variable name {name!r} must only contain lowercase letters, numbers, dashes and"
            f" underscores, at most {_LONGEST_NAME} of them"
        )
    try:
        text = json.dumps(value)
    except TypeError as error:
        raise ValueError(f"the value of variable {name!r} is not JSON: {error}") from None
    if len(text) > _LONGEST_VALUE:
        raise ValueError(
            f"the value of variable {name!r} is longer than {_LONGEST_VALUE} characters"
        )
