"""Two execution graphs of one DAG compared: nodes, edges, retries, timeouts, rules, mapping.

An Airflow edge is kept when the flow forces the order, by whatever means. A flow edge is extra
when Airflow's graph does not imply it. Of the edges into a trigger rule that fires early, one has
to be kept; the others hang on timing and are not compared. What one side does not know is listed
as not compared, never taken for equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dagferry.graph.execution_graph import EARLY_RULES, Edge, ExecutionGraph, NodeFacts
from dagferry.graph.matching import Matching, match_nodes

if TYPE_CHECKING:
    import networkx as nx

Value = str | float | bool | tuple[float, ...] | None
_Facts = tuple[str, str, Value, Value]


@dataclass(frozen=True)
class GraphDifference:
    """One thing that differs.

    `kind` is node, edge, or the name of a fact; `subject` is the task id or `a -> b`.
    """

    kind: str
    subject: str
    airflow: Value
    flow: Value


@dataclass(frozen=True)
class NotCompared:
    """One thing that could not be compared, and why."""

    kind: str
    subject: str
    reason: str


@dataclass(frozen=True)
class GraphDiff:
    """The result of `compare_graphs`, in a fixed order.

    `compared` counts the nodes, edges and facts that are the same.
    """

    differences: tuple[GraphDifference, ...]
    not_compared: tuple[NotCompared, ...]
    compared: int

    @property
    def verdict(self) -> str:
        """`equal`, `different`, or `incomplete`: nothing differs, but not all was compared."""
        if self.differences:
            return "different"
        return (
            "incomplete" if not self.compared or any(map(_matters, self.not_compared)) else "equal"
        )


def compare_graphs(
    airflow: ExecutionGraph, flow: ExecutionGraph, *, uncalled: frozenset[str] = frozenset()
) -> GraphDiff:
    """Compare Airflow's graph with the flow's.

    `uncalled` are tasks that the traced run left out (`uncalled(trace)`).
    """
    matching = match_nodes(airflow, flow)
    parts = (
        _nodes(airflow, flow, matching, uncalled),
        _edges(airflow, flow, matching, uncalled),
        *(_facts(name, airflow, flow, matching) for name in _FACTS),
    )
    differences = tuple(one for part in parts for one in part.differences)
    return GraphDiff(
        differences,
        tuple(one for part in parts for one in part.not_compared),
        sum(p.compared for p in parts),
    )


def _matters(one: NotCompared) -> bool:
    """Facts that one side never has, such as a flow's trigger rule, leave nothing incomplete."""
    return one.kind in ("node", "edge", "family")


def _nodes(
    airflow: ExecutionGraph, flow: ExecutionGraph, matching: Matching, uncalled: frozenset[str]
) -> GraphDiff:
    differences: list[GraphDifference] = []
    open_: list[NotCompared] = [
        NotCompared("family", family, "covers no task of the other side")
        for family in matching.empty_families
    ]
    for task_id in matching.only_airflow:
        if task_id in uncalled:
            open_.append(NotCompared("node", task_id, "not called: the run left it out"))
        elif not flow.exact:
            open_.append(NotCompared("node", task_id, "the flow's graph is not known in full"))
        else:
            differences.append(GraphDifference("node", task_id, "present", None))
    for task_id in matching.only_flow:
        if airflow.exact:
            differences.append(GraphDifference("node", task_id, None, "present"))
        else:
            open_.append(NotCompared("node", task_id, "Airflow's graph is not known in full"))
    return GraphDiff(tuple(differences), tuple(open_), len(matching.classes))


def _edges(
    airflow: ExecutionGraph, flow: ExecutionGraph, matching: Matching, uncalled: frozenset[str]
) -> GraphDiff:
    left, right = matching.project(airflow, "airflow"), matching.project(flow, "flow")
    left_order, right_order = left.order(), right.order()
    timed = _timed(left, right_order, _early(airflow, matching))
    names = matching.names["airflow"]
    unwaited = _unwaited(left, right_order, {names[one] for one in uncalled if one in names})
    known = left.edges - timed - unwaited
    missing = sorted(edge for edge in known if not right_order.has_edge(*edge))
    extra = sorted(edge for edge in right.edges if not left_order.has_edge(*edge))
    lost = _judge(missing, flow.exact, "flow", lambda arrow: ("edge", arrow, "present", None))
    added = _judge(extra, airflow.exact, "Airflow", lambda arrow: ("edge", arrow, None, "present"))
    inside = tuple(
        NotCompared("edge", family, "runs of one family that wait for each other")
        for family in matching.chained
    )
    early = tuple(
        NotCompared("edge", _arrow(edge), "a rule that fires early: timing says what it waits for")
        for edge in sorted(timed)
    ) + tuple(
        NotCompared("edge", _arrow(edge), "a task that never ran need not have waited for all")
        for edge in sorted(unwaited - timed)
    )
    same = len(known) - len(missing) + len(right.edges) - len(extra)
    return GraphDiff(
        lost.differences + added.differences,
        lost.not_compared + added.not_compared + inside + early,
        same,
    )


def _early(airflow: ExecutionGraph, matching: Matching) -> frozenset[str]:
    """The classes whose every task has a trigger rule that fires early."""
    rules: dict[str, set[str | None]] = {}
    for task_id, name in matching.names["airflow"].items():
        rules.setdefault(name, set()).add(airflow.nodes[task_id].trigger_rule)
    return frozenset(name for name, found in rules.items() if found <= EARLY_RULES)


def _timed(left: ExecutionGraph, kept: nx.DiGraph[str], early: Iterable[str]) -> frozenset[Edge]:
    """Edges that a run cannot show: into an early rule that has several and keeps one at least."""
    found: set[Edge] = set()
    for down in early:
        into = {edge for edge in left.edges if edge[1] == down}
        if len(into) > 1 and any(kept.has_edge(*edge) for edge in into):
            found |= into
    return frozenset(found)


def _unwaited(
    left: ExecutionGraph, kept: nx.DiGraph[str], uncalled: Iterable[str]
) -> frozenset[Edge]:
    """Edges that the run does not show into a task that never ran, which keeps another."""
    found: set[Edge] = set()
    for down in uncalled:
        into = {edge for edge in left.edges if edge[1] == down}
        lost = {edge for edge in into if not kept.has_edge(*edge)}
        found |= lost if lost != into else set()
    return frozenset(found)


def _judge(
    edges: Iterable[Edge], exact: bool, other: str, facts: Callable[[str], _Facts]
) -> GraphDiff:
    if exact:
        return GraphDiff(tuple(GraphDifference(*facts(_arrow(edge))) for edge in edges), (), 0)
    reason = f"the graph of the {other} side is not known in full"
    return GraphDiff((), tuple(NotCompared("edge", _arrow(edge), reason) for edge in edges), 0)


def _arrow(edge: Edge) -> str:
    return f"{edge[0]} -> {edge[1]}"


def _retry_delays(facts: NodeFacts) -> Value:
    """The delay before each retry; the last one is repeated, and none counts without retries."""
    if not facts.retries or facts.retry_delay is None:
        return None
    delays = (
        facts.retry_delay if isinstance(facts.retry_delay, tuple) else (float(facts.retry_delay),)
    )
    return (
        tuple(float(delays[min(at, len(delays) - 1)]) for at in range(int(facts.retries)))
        if delays
        else None
    )


_FACTS: dict[str, Callable[[NodeFacts], Value]] = {
    "retries": lambda facts: facts.retries,
    "retry_delay": _retry_delays,
    "timeout": lambda facts: facts.timeout,
    "trigger_rule": lambda facts: facts.trigger_rule,
    "mapped": lambda facts: facts.mapped,
}


def _facts(
    name: str, airflow: ExecutionGraph, flow: ExecutionGraph, matching: Matching
) -> GraphDiff:
    differences: list[GraphDifference] = []
    open_: list[NotCompared] = []
    same = 0
    for label, left_id, right_id in matching.pairs:
        left, right = airflow.nodes[left_id], flow.nodes[right_id]
        values = _FACTS[name](left), _FACTS[name](right)
        if name == "mapped" and left.family != right.family:
            continue
        if name == "retry_delay" and not (left.retries and right.retries):
            continue
        if None in values:
            side = (
                "both sides"
                if values == (None, None)
                else "Airflow"
                if values[0] is None
                else "the flow"
            )
            open_.append(
                NotCompared(
                    name,
                    label,
                    f"not known by {side}",
                )
            )
        elif values[0] != values[1]:
            differences.append(GraphDifference(name, label, *values))
        else:
            same += 1
    return GraphDiff(tuple(differences), tuple(open_), same)
