"""Which task of the one graph is which of the other: by id, then by family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from dagferry.graph.execution_graph import Edge, ExecutionGraph, NodeFacts
from dagferry.graph.families import family_of, same_family


@dataclass(frozen=True)
class Matching:
    """Classes of tasks that are the same on both sides.

    A class is named after its id or its family.
    """

    classes: tuple[str, ...]
    pairs: tuple[tuple[str, str, str], ...]  # (label, Airflow id, flow id)
    only_airflow: tuple[str, ...]
    only_flow: tuple[str, ...]
    empty_families: tuple[str, ...]
    chained: tuple[str, ...]
    names: Mapping[str, Mapping[str, str]]  # side -> id -> class

    def project(self, graph: ExecutionGraph, side: str) -> ExecutionGraph:
        """The graph over classes.

        Tasks that the other side lacks are taken out, what they joined stays joined.
        """
        names = self.names[side]
        edges = _contract(graph.edges, set(graph.nodes) - set(names))
        forced = _contract(graph.edges | graph.forced, set(graph.nodes) - set(names))
        nodes = {name: NodeFacts() for name in self.classes}
        return ExecutionGraph(nodes, _renamed(edges, names), graph.exact, _renamed(forced, names))


def match_nodes(airflow: ExecutionGraph, flow: ExecutionGraph) -> Matching:
    """Match by equal ids, then same families.

    Then what a family of one side covers on the other.
    """
    left = {task_id: _name(task_id, airflow, flow) for task_id in sorted(airflow.nodes)}
    right = {task_id: _name(task_id, flow, airflow) for task_id in sorted(flow.nodes)}
    renamed = _same_families(airflow, flow)
    right = {task_id: renamed.get(name, name) if name else None for task_id, name in right.items()}
    shared = sorted(
        {name for name in left.values() if name} & {name for name in right.values() if name}
    )
    names = {"airflow": _kept(left, shared), "flow": _kept(right, shared)}
    return Matching(
        classes=tuple(shared),
        pairs=_pairs(names["airflow"], names["flow"], shared),
        only_airflow=tuple(
            one for one in left if one not in names["airflow"] and not airflow.nodes[one].family
        ),
        only_flow=tuple(
            one for one in right if one not in names["flow"] and not flow.nodes[one].family
        ),
        empty_families=_empty(airflow, names["airflow"]) + _empty(flow, names["flow"]),
        chained=tuple(sorted(_chained(airflow, names["airflow"]) | _chained(flow, names["flow"]))),
        names=names,
    )


def _name(task_id: str, own: ExecutionGraph, other: ExecutionGraph) -> str | None:
    """The class of a task: its id, or the family of the other side that covers it."""
    if task_id in other.nodes or own.nodes[task_id].family:
        return task_id
    return family_of(task_id, [one for one, facts in other.nodes.items() if facts.family])


def _same_families(airflow: ExecutionGraph, flow: ExecutionGraph) -> dict[str, str]:
    lefts = [
        one
        for one, facts in sorted(airflow.nodes.items())
        if facts.family and one not in flow.nodes
    ]
    rights = [
        one
        for one, facts in sorted(flow.nodes.items())
        if facts.family and one not in airflow.nodes
    ]
    return {right: left for left, right in product(lefts, rights) if same_family(left, right)}


def _kept(names: Mapping[str, str | None], shared: list[str]) -> dict[str, str]:
    return {task_id: name for task_id, name in names.items() if name in shared and name is not None}


def _pairs(
    left: Mapping[str, str], right: Mapping[str, str], shared: list[str]
) -> tuple[tuple[str, str, str], ...]:
    members = {name: (_members(left, name), _members(right, name)) for name in shared}
    return tuple(
        (a if len(ones) > 1 else b, a, b)
        for ones, others in members.values()
        for a, b in product(ones, others)
    )


def _members(names: Mapping[str, str], name: str) -> list[str]:
    return [task_id for task_id, own in names.items() if own == name]


def _empty(graph: ExecutionGraph, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        one for one, facts in sorted(graph.nodes.items()) if facts.family and one not in names
    )


def _chained(graph: ExecutionGraph, names: Mapping[str, str]) -> set[str]:
    return {names[a] for a, b in graph.edges if a != b and a in names and names.get(b) == names[a]}


def _renamed(edges: Iterable[Edge], names: Mapping[str, str]) -> frozenset[Edge]:
    return frozenset((names[a], names[b]) for a, b in edges if names[a] != names[b])


def _contract(edges: Iterable[Edge], without: set[str]) -> frozenset[Edge]:
    kept = set(edges)
    for gone in sorted(without):
        into = {a for a, b in kept if b == gone and a != gone}
        out = {b for a, b in kept if a == gone and b != gone}
        kept = {edge for edge in kept if gone not in edge} | set(product(into, out))
    return frozenset(kept)
