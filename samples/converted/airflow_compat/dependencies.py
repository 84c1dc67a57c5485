"""Edges: `a >> b`, `[a, b] >> c`, and what they can be drawn between."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from airflow_compat.exceptions import AirflowException

if TYPE_CHECKING:
    from airflow_compat.nodes import Node

__all__: list[str] = []


class Dependencies:
    """What edges are drawn between: `a >> b`, `[a, b] >> c` (Airflow's DependencyMixin)."""

    # Without this, `node["key"]` would make `for x in node` count upwards for ever.
    __iter__ = None

    @property
    def roots(self) -> Sequence[Node]:
        """The nodes that an edge to this leads to."""
        raise NotImplementedError

    @property
    def leaves(self) -> Sequence[Node]:
        """The nodes that an edge from this comes from."""
        raise NotImplementedError

    def set_upstream(self, others: Dependencies | Iterable[Dependencies]) -> None:
        """Let `others` come before this."""
        for other in as_list(others):
            for before, after in itertools.product(other.leaves, self.roots):
                draw_edge(before, after)

    def set_downstream(self, others: Dependencies | Iterable[Dependencies]) -> None:
        """Let `others` come after this."""
        for other in as_list(others):
            other.set_upstream(self)

    def __rshift__(self, other: Any) -> Any:
        self.set_downstream(other)
        return other

    def __lshift__(self, other: Any) -> Any:
        self.set_upstream(other)
        return other

    def __rrshift__(self, other: Any) -> Any:
        self.set_upstream(other)
        return self

    def __rlshift__(self, other: Any) -> Any:
        self.set_downstream(other)
        return self


def as_list(
    nodes: Dependencies | Iterable[Dependencies],
) -> list[Dependencies]:
    """One or several, as a list."""
    return [nodes] if isinstance(nodes, Dependencies) else list(nodes)


def draw_edge(before: Node, after: Node) -> None:
    """Let one node come before another."""
    if before.graph is not after.graph:
        raise AirflowException(f"{before!r} and {after!r} are of different graphs")
    after.upstream[before.task_id] = before
    before.downstream[after.task_id] = after
