"""The model as JSON and back: proof that nothing downstream looks at anything but the model."""

from __future__ import annotations

import dataclasses
import importlib
from functools import cache
from typing import Any

VERSION = 1
_MODULES = ("values", "task", "function", "dag", "toplevel", "project")


def to_json(value: Any) -> Any:
    """The value as plain JSON data; a dataclass carries its class name under `$`."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"$": type(value).__name__, **fields}
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    return value


def from_json(data: Any) -> Any:
    """The model value that `to_json` wrote. Raises KeyError for a class that is not in the model."""
    if isinstance(data, dict):
        kind = _classes()[data["$"]]
        return kind(**{name: from_json(item) for name, item in data.items() if name != "$"})
    if isinstance(data, list):
        return tuple(from_json(item) for item in data)
    return data


@cache
def _classes() -> dict[str, Any]:
    modules = [importlib.import_module(f"dagferry.model.{name}") for name in _MODULES]
    found = {name: value for module in modules for name, value in vars(module).items()}
    return {name: value for name, value in found.items() if dataclasses.is_dataclass(value)}
