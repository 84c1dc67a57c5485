"""Graphs and their differences as text and as JSON."""

from __future__ import annotations

from typing import Any

from dagferry.graph.compare import GraphDiff, GraphDifference
from dagferry.graph.execution_graph import ExecutionGraph


def graph_json(graph: ExecutionGraph) -> dict[str, Any]:
    """One graph: nodes with their facts, edges, both sorted by id."""
    nodes = [
        {
            "task_id": task_id,
            "retries": facts.retries,
            "retry_delay": list(facts.retry_delay)
            if isinstance(facts.retry_delay, tuple)
            else facts.retry_delay,
            "timeout": facts.timeout,
            "trigger_rule": facts.trigger_rule,
            "mapped": facts.mapped,
            "family": facts.family,
        }
        for task_id, facts in sorted(graph.nodes.items())
    ]
    return {"exact": graph.exact, "nodes": nodes, "edges": sorted(map(list, graph.edges))}


def graph_text(graph: ExecutionGraph) -> str:
    """One line a task, in id order: `extract -> load, report`."""
    after = {
        task_id: sorted(down for up, down in graph.edges if up == task_id)
        for task_id in sorted(graph.nodes)
    }
    lines = [
        f"{task_id} -> {', '.join(downs)}" if downs else task_id for task_id, downs in after.items()
    ]
    return "\n".join(lines + ([] if graph.exact else ["(and what only a run knows)"]))


def diff_json(diff: GraphDiff) -> dict[str, Any]:
    """The comparison: verdict, differences, what was not compared and why."""
    return {
        "verdict": diff.verdict,
        "compared": diff.compared,
        "differences": [
            {
                "kind": one.kind,
                "subject": one.subject,
                "airflow": _plain(one.airflow),
                "flow": _plain(one.flow),
            }
            for one in diff.differences
        ],
        "not_compared": [
            {"kind": one.kind, "subject": one.subject, "reason": one.reason}
            for one in diff.not_compared
        ],
    }


def diff_text(diff: GraphDiff) -> str:
    """The comparison for people: `-` only in Airflow, `+` only in the flow, `~` changed.

    `?` not compared.
    """
    lines = [_line(one) for one in diff.differences]
    lines += [f"? {one.kind} {one.subject}: {one.reason}" for one in diff.not_compared]
    return "\n".join(
        [*lines, f"{diff.verdict}: {diff.compared} nodes, edges and facts are the same"]
    )


def _line(one: GraphDifference) -> str:
    if one.kind in ("node", "edge"):
        return f"{'-' if one.flow is None else '+'} {one.kind} {one.subject}"
    values = f"{_shown(one.airflow)} in Airflow, {_shown(one.flow)} in the flow"
    return f"~ {one.subject}: {one.kind} {values}"


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _shown(value: Any) -> str:
    return ", ".join(f"{one:g} s" for one in value) if isinstance(value, tuple) else str(value)
