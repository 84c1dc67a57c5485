"""The execution graph: what runs, after what, and under which options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

Edge = tuple[str, str]
# Trigger rules that fire before all upstream tasks have ended, so timing says which they wait for.
EARLY_RULES = frozenset({"one_success", "one_failed", "one_done"})


@dataclass(frozen=True)
class NodeFacts:
    """What is known of one task; None everywhere means "this side does not know".

    `retry_delay` and `timeout` are seconds; a delay for each retry, the last one repeated, or one
    for all of them. `timeout` 0 means "has none". `family`: the id holds `{expressions}` that
    only a run knows (`copy_{table}`).
    """

    retries: int | None = None
    retry_delay: float | tuple[float, ...] | None = None
    timeout: float | None = None
    trigger_rule: str | None = None
    mapped: bool | None = None
    family: bool = False


@dataclass(frozen=True)
class ExecutionGraph:
    """Tasks by id, direct edges `(upstream, downstream)`, and whether that is all there is.

    `forced` holds orders that are certain although no edge says so: a plain call ends before the
    next one starts. `exact` False: there may be more nodes and edges than these.
    """

    nodes: Mapping[str, NodeFacts] = field(default_factory=dict)
    edges: frozenset[Edge] = frozenset()
    exact: bool = True
    forced: frozenset[Edge] = frozenset()

    def __post_init__(self) -> None:
        """Refuse an edge to a task that is not there: every later answer would be wrong."""
        unknown = {end for edge in self.edges | self.forced for end in edge} - set(self.nodes)
        if unknown:
            raise ValueError(
                f"edges to tasks that are not in the graph: {', '.join(sorted(unknown))}"
            )

    def view(self) -> nx.DiGraph[str]:
        """The direct edges as a networkx graph, for layout and for users of the API."""
        return _digraph(self.nodes, self.edges)

    def order(self) -> nx.DiGraph[str]:
        """Everything that is certain to come after something else, closed transitively."""
        import networkx as nx

        return nx.transitive_closure(
            _digraph(self.nodes, self.edges | self.forced), reflexive=False
        )


def _digraph(nodes: Iterable[str], edges: Iterable[Edge]) -> nx.DiGraph[str]:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(sorted(edges))
    return graph
