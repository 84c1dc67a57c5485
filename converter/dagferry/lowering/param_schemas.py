"""JSON schemas of params as annotations of a flow's parameters that refuse the same values.

Only schemas whose meaning pydantic has exactly are converted. `strict` keeps pydantic from reading
a text as a number, which a JSON schema refuses as well.
https://json-schema.org/understanding-json-schema/reference
https://docs.pydantic.dev/latest/concepts/fields/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dagferry.errors import Impossible
from dagferry.model.dag import ParamType

_BOUNDS = {
    "minimum": "ge",
    "maximum": "le",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
    "multipleOf": "multiple_of",
}
_LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}
_COUNTS = {"minItems": "min_length", "maxItems": "max_length"}
# The Python types of a JSON type, and the keywords that limit it.
_TYPES: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "integer": (("int",), _BOUNDS),
    # A float alone would make 1.0 of the 1 that Airflow leaves as it is.
    "number": (("int", "float"), _BOUNDS),
    "string": (("str",), _LENGTHS),
    "boolean": (("bool",), {}),
    "array": (("list",), _COUNTS),
    "object": (("dict",), {}),
}


def type_of(schema: Mapping[str, Any]) -> ParamType | None:
    """The type that refuses what a schema refuses, None when it allows anything.

    Raises Impossible for a schema that no annotation has the meaning of.
    """
    if not schema:
        return None
    if set(schema) <= {"enum", "type"} and "enum" in schema:
        return _choice(schema["enum"], schema.get("type"))
    types = schema.get("type")
    names = types if isinstance(types, list) else [types]
    plain = [name for name in names if name != "null"]
    if len(plain) != 1 or plain[0] not in _TYPES:
        raise Impossible
    rules = {key: value for key, value in schema.items() if key != "type"}
    return _typed(plain[0], rules, nullable="null" in names)


def _typed(name: str, rules: Mapping[str, Any], *, nullable: bool) -> ParamType:
    types, known = _TYPES[name]
    if not set(rules) <= set(known):
        raise Impossible
    if any(isinstance(v, bool) or not isinstance(v, (int, float)) for v in rules.values()):
        raise Impossible
    limits = tuple((known[key], value) for key, value in rules.items())
    return ParamType(types=types, limits=limits, nullable=nullable)


def _choice(values: Any, kind: Any) -> ParamType:
    """One of some texts; other values compare differently in Python (`1 == True`)."""
    if kind not in (None, "string") or not isinstance(values, list) or not values:
        raise Impossible
    if not all(isinstance(value, str) for value in values):
        raise Impossible
    return ParamType(types=("str",), choices=tuple(values))
