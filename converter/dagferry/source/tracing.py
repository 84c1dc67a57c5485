"""What a construct is given to say what a call does to the graph, while DAG-building code is followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from dagferry.source.abstract import Abstract, Builder, Origin, Scope
from dagferry.syntax import grammar

if TYPE_CHECKING:
    from dagferry.source.machine import Machine


@dataclass(frozen=True)
class Given:
    """The arguments of a call after they were followed.

    `plain` is False when there may be others; `origins` are the expressions of named arguments.
    """

    positional: Sequence[Abstract]
    named: Mapping[str, Abstract]
    plain: bool
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def all(self) -> list[Abstract]:
        """Every argument."""
        return [*self.positional, *self.named.values()]


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
    machine: Machine

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
