"""The blocks that Prefect brings: `Secret`, and what 2.x had beside it.

https://docs.prefect.io/v3/api-ref/python/prefect-blocks-system. `JSON`, `String` and `DateTime`
are gone in Prefect 3 (observed in 3.8.8); they work here and say what takes their place.
"""

from __future__ import annotations

import json
import warnings
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import Field, SecretStr, field_validator
from pydantic import Secret as PydanticSecret

from flowlight.blocks.core import Block

__all__ = ["JSON", "DateTime", "Secret", "String"]

T = TypeVar("T")


class Secret(Block, Generic[T]):
    """A value that is shown to nobody but who asks with `get`."""

    value: SecretStr | PydanticSecret[T] = Field(description="A value that should be kept secret.")

    @field_validator("value", mode="before")
    @classmethod
    def _wrapped(cls, value: Any) -> Any:
        if isinstance(value, (PydanticSecret, SecretStr)):
            return value
        return PydanticSecret(value)

    def get(self) -> Any:
        """The value; text that is JSON is read as JSON, as in Prefect."""
        value = self.value.get_secret_value()
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            return value


class _Former(Block):
    """A type of 2.x, which Prefect 3 does not have."""

    def block_initialization(self) -> None:
        """Say what to use instead."""
        warnings.warn(
            f"Prefect 3 has no {type(self).__name__} block: this file does not run on it. Use"
            " prefect.variables.Variable, or a Block subclass of your own.",
            DeprecationWarning,
            stacklevel=2,
        )


class JSON(_Former):
    """A JSON value."""

    value: Any


class String(_Former):
    """A text."""

    value: str


class DateTime(_Former):
    """A moment."""

    _block_type_name = "Date Time"

    value: datetime
