"""Amounts in words."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 DAG`, `2 DAGs`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
