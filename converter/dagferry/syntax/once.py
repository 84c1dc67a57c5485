"""Answers about a node that are found once and live as long as its tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from dagferry.syntax import grammar

N = TypeVar("N", bound=grammar.Node)
R = TypeVar("R")


def once(ask: Callable[[N], R]) -> Callable[[N], R]:
    """A function of a node that keeps its answers; nobody may change them."""

    def asked(node: N) -> R:
        known: dict[int, Any] = node.home.answers.setdefault(asked, {})
        if node.number not in known:
            known[node.number] = ask(node)
        answer: R = known[node.number]
        return answer

    asked.__doc__ = ask.__doc__
    return asked
