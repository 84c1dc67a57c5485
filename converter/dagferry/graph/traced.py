"""The execution graph that a run showed, of either side.

An Airflow trace holds the whole graph. A flow's trace holds what was called: futures make edges,
plain calls and taken results make forced order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, Protocol

from dagferry.graph.execution_graph import Edge, ExecutionGraph, NodeFacts
from dagferry.graph.forced import ancestors, comes_before, turns_suffice


class TracedTask(Protocol):
    """What the graph reads of one entry of a trace's `tasks`."""

    @property
    def task_id(self) -> str: ...
    @property
    def map_index(self) -> int: ...
    @property
    def outcome(self) -> str: ...
    @property
    def upstream_ids(self) -> tuple[str, ...]: ...
    @property
    def upstream(self) -> tuple[int, ...]: ...
    @property
    def after(self) -> tuple[int, ...]: ...
    @property
    def options(self) -> Mapping[str, Any]: ...


class TracedRun(Protocol):
    """What the graph reads of a trace."""

    @property
    def side(self) -> str: ...
    @property
    def run_state(self) -> str: ...
    @property
    def tasks(self) -> Sequence[TracedTask]: ...


def traced_graph(trace: TracedRun) -> ExecutionGraph:
    """The graph of one trace; exact unless a flow did not come to its end."""
    runs = _by_id(trace.tasks)
    nodes = {
        task_id: _facts(trace, [trace.tasks[at] for at in where]) for task_id, where in runs.items()
    }
    if trace.side == "airflow":
        edges = {
            (up, task.task_id) for task in trace.tasks for up in task.upstream_ids if up in nodes
        }
        return ExecutionGraph(nodes, frozenset(edges))
    return ExecutionGraph(
        nodes,
        _explicit(trace.tasks),
        exact=trace.run_state in ("success", "failed"),
        forced=_forced(trace.tasks, runs),
    )


def uncalled(trace: TracedRun) -> frozenset[str]:
    """Ids of tasks that a run left out (skipped, upstream failed): a flow may not call them."""
    called = {task.task_id for task in trace.tasks if task.outcome in ("success", "failed")}
    left_out = {
        task.task_id
        for task in trace.tasks
        if task.outcome in ("skipped", "upstream_failed", "removed")
    }
    return frozenset(left_out - called)


def _by_id(tasks: Sequence[TracedTask]) -> dict[str, list[int]]:
    runs: dict[str, list[int]] = {}
    for position, task in enumerate(tasks):
        runs.setdefault(task.task_id, []).append(position)
    return runs


def _explicit(tasks: Sequence[TracedTask]) -> frozenset[Edge]:
    edges = {(tasks[at].task_id, task.task_id) for task in tasks for at in task.upstream}
    return frozenset((up, down) for up, down in edges if up != down)


def _forced(tasks: Sequence[TracedTask], runs: Mapping[str, list[int]]) -> frozenset[Edge]:
    closed = ancestors([task.upstream + task.after for task in tasks])
    return frozenset(
        (up, down)
        for up, down in product(runs, runs)
        if up != down
        and (
            _all_before(runs[up], runs[down], closed)
            or _turn_by_turn((up, down), (runs[up], runs[down]), closed)
        )
    )


def _all_before(first: list[int], second: list[int], closed: Sequence[int]) -> bool:
    needed = sum(1 << position for position in first)
    return all(closed[position] & needed == needed for position in second)


def _turn_by_turn(ids: Edge, runs: tuple[list[int], list[int]], closed: Sequence[int]) -> bool:
    counts = len(runs[0]), len(runs[1])
    return turns_suffice(*ids, counts) and all(comes_before(a, b, closed) for a, b in zip(*runs))


def _facts(trace: TracedRun, tasks: Sequence[TracedTask]) -> NodeFacts:
    options = tasks[0].options
    delay = options.get("retry_delay")
    return NodeFacts(
        retries=options.get("retries"),
        retry_delay=tuple(float(one) for one in delay) if isinstance(delay, list) else delay,
        timeout=(options["timeout"] or 0) if "timeout" in options else None,
        trigger_rule=options.get("trigger_rule"),
        mapped=_mapped(trace, tasks),
    )


def _mapped(trace: TracedRun, tasks: Sequence[TracedTask]) -> bool | None:
    """Whether it is; None where nothing ran that would show it."""
    if len(tasks) > 1 or tasks[0].map_index >= 0:
        return True
    unknown = trace.run_state == "not-run" or tasks[0].outcome in {"skipped", "upstream_failed"}
    return None if unknown else False
