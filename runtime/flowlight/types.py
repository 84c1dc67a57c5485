"""Types of fields that integrations use (`prefect.types`).

https://docs.prefect.io/v3/api-ref/python/prefect-types-__init__
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Secret, TypeAdapter

__all__ = ["DateTime", "SecretDict", "validate_set_T_from_delim_string"]

DateTime = datetime


class SecretDict(Secret[dict[str, Any]]):
    """A dict whose values are shown to nobody but who asks with `get_secret_value`."""


def validate_set_T_from_delim_string(  # noqa: N802  # the name is Prefect's
    value: Any, type_: Any, delim: str | None = None
) -> set[Any]:
    """A set of values of the type, out of text with commas (or `delim`), or of what holds them."""
    if not value:
        return set()
    parts = value.split(delim or ",") if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple, set, frozenset)):
        parts = [parts]
    kept = [part.strip() if isinstance(part, str) else part for part in parts]
    return set(TypeAdapter(list[type_]).validate_python([part for part in kept if part != ""]))
