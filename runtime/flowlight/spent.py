"""Generators that bodies return: Prefect 3.8.8 takes their items for the state of the run.

The caller is then handed the same generator, which has nothing left (observed).
"""

from __future__ import annotations

from types import GeneratorType
from typing import Any, NamedTuple

__all__ = ["Spent", "taken"]


class Spent(NamedTuple):
    """A generator that a body returned, and the items that were taken from it."""

    generator: GeneratorType[Any, Any, Any]
    items: list[Any]


def taken(value: Any) -> Any:
    """What a body returned, a generator with its items."""
    return Spent(value, list(value)) if isinstance(value, GeneratorType) else value
