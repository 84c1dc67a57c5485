"""`Param`, and the parameters of a run: of the DAG, then the task, then the run's conf.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/params.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from daglight.errors import NotSupported
from daglight.exceptions import ParamValidationError

__all__ = ["Param", "ParamsDict", "resolve_params"]

_UNSET: Any = object()
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,),
    "array": (list, tuple), "object": (dict,), "null": (type(None),),
}  # fmt: skip
_CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "enum": lambda value, wanted: value in wanted,
    "const": lambda value, wanted: bool(value == wanted),
    "minimum": lambda value, wanted: bool(value >= wanted),
    "maximum": lambda value, wanted: bool(value <= wanted),
    "exclusiveMinimum": lambda value, wanted: bool(value > wanted),
    "exclusiveMaximum": lambda value, wanted: bool(value < wanted),
    "minLength": lambda value, wanted: len(value) >= wanted,
    "maxLength": lambda value, wanted: len(value) <= wanted,
    "minItems": lambda value, wanted: len(value) >= wanted,
    "maxItems": lambda value, wanted: len(value) <= wanted,
    "pattern": lambda value, wanted: re.search(wanted, value) is not None,
}
_NOTES = frozenset(
    {"title", "description", "description_md", "section", "examples", "values_display", "default"}
    | {"custom_html_form", "$schema", "$comment"}
)


class Param:
    """A default and what a value must be like, in JSON schema."""

    def __init__(
        self,
        default: Any = _UNSET,
        description: str | None = None,
        source: str | None = None,
        **schema: Any,
    ) -> None:
        self.value, self.description, self.source = default, description, source
        self.schema: dict[str, Any] = schema.pop("schema", schema)

    @property
    def has_value(self) -> bool:
        """Whether there is a default, or a value was given."""
        return self.value is not _UNSET

    def resolve(self, value: Any = _UNSET) -> Any:
        """The given value, else the default; ParamValidationError when it does not fit."""
        found = self.value if value is _UNSET else value
        if found is _UNSET:
            raise ParamValidationError("No value passed and Param has no default value")
        _check(found, self.schema)
        return found

    def dump(self) -> dict[str, Any]:
        """The parts as a dict."""
        return {"value": self.value, "description": self.description, "schema": self.schema}


class ParamsDict(MutableMapping[str, Any]):
    """Name -> `Param`; reading gives the value."""

    def __init__(self, params: dict[str, Any] | None = None) -> None:
        self._params: dict[str, Param] = {}
        for name, value in (params or {}).items():
            self[name] = value

    def __setitem__(self, name: str, value: Any) -> None:
        self._params[name] = value if isinstance(value, Param) else Param(value)

    def __getitem__(self, name: str) -> Any:
        return self._params[name].resolve()

    def __delitem__(self, name: str) -> None:
        del self._params[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._params)

    def __len__(self) -> int:
        return len(self._params)

    def raw(self) -> dict[str, Param]:
        """The `Param` objects themselves."""
        return dict(self._params)


def resolve_params(declared: dict[str, Any], conf: dict[str, Any]) -> dict[str, Any]:
    """The declared values of a task, overridden and extended by the run's conf."""
    values = {}
    for name, value in declared.items():
        param = value if isinstance(value, Param) else Param(value)
        try:
            values[name] = param.resolve(conf.get(name, _UNSET))
        except ParamValidationError as error:
            raise ParamValidationError(f"Invalid input for param {name}: {error}") from None
    return {**values, **{name: value for name, value in conf.items() if name not in values}}


def _check(value: Any, schema: dict[str, Any]) -> None:
    for word, wanted in schema.items():
        if word == "type":
            _check_type(value, wanted)
        elif word == "format":
            continue
        elif word not in _CHECKS and word not in _NOTES:
            raise NotSupported(f"Param schema keyword {word!r}")
    for word, wanted in schema.items():
        if word in _CHECKS and value is not None and not _CHECKS[word](value, wanted):
            raise ParamValidationError(f"{value!r} does not fit {word!r}: {wanted!r}")


def _check_type(value: Any, wanted: str | list[str]) -> None:
    names = [wanted] if isinstance(wanted, str) else wanted
    for name in names:
        fits = isinstance(value, _TYPES[name])
        if fits and not (isinstance(value, bool) and name in ("integer", "number")):
            return
    text = repr(wanted) if isinstance(wanted, str) else ", ".join(map(repr, wanted))
    raise ParamValidationError(f"{value!r} is not of type {text}")
