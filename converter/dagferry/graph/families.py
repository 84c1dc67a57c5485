"""Families: task ids that only a run knows (`copy_{table}`), and what they cover."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_PIECE = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[^{}]+")


def covers(family: str, task_id: str) -> bool:
    """Whether the id could be one of the family's; every `{expression}` stands for any text."""
    return _pattern(family).fullmatch(task_id) is not None


def family_of(task_id: str, families: Iterable[str]) -> str | None:
    """The family that covers the id, the one with the most literal text if there are several."""
    candidates = [family for family in families if covers(family, task_id)]
    return max(candidates, key=lambda family: (_literal_length(family), family), default=None)


def same_family(left: str, right: str) -> bool:
    """Whether both patterns cover the same ids, whatever their expressions are called."""
    return _pattern(left).pattern == _pattern(right).pattern


@lru_cache(maxsize=4096)
def _pattern(family: str) -> re.Pattern[str]:
    return re.compile("".join(_regex(piece) for piece in _PIECE.findall(family)), re.DOTALL)


def _regex(piece: str) -> str:
    if piece in ("{{", "}}"):
        return re.escape(piece[0])
    return ".*" if piece.startswith("{") else re.escape(piece)


def _literal_length(family: str) -> int:
    return sum(len(piece) for piece in _PIECE.findall(family) if not piece.startswith("{"))
