"""What a construct is given to say what a call does to the graph, while DAG-building code is followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from dagferry.source.abstract import Abstract, Builder, Scope
from dagferry.source.following import Follower
from dagferry.source.given_arguments import Given
from dagferry.syntax import grammar

__all__ = ["FindTracer", "Given", "TracedCall", "Tracer"]


@dataclass(frozen=True)
class TracedCall:
    """A call of something that a construct claims.

    `name` is the claimed qualified name, `callee` what was called, `node` the call. A call of a method,
    such as `.expand(...)`, has the method's name with its dot, and what it was called on in `callee`.
    """

    name: str
    callee: Abstract
    node: grammar.Call
    given: Given
    scope: Scope
    machine: Follower

    @property
    def open_dag(self) -> Builder | None:
        """The DAG whose block the call stands in."""
        return self.machine.current[-1] if self.machine.current else None


class Tracer(Protocol):
    """A construct, as following code sees it."""

    def trace(self, call: TracedCall) -> Abstract | None:
        """What the call gives; None where it is followed as any other call."""


#: The tracer of a qualified name, a class's bases among them, or of a method with its dot.
FindTracer = Callable[[Iterable[str]], tuple[str, Tracer] | None]
