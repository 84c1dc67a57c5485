"""Tasks that may run side by side in the DAG and never do in the flow, which is no difference of result."""

from __future__ import annotations

from dagferry.graph.forced import ancestors, comes_before
from dagferry.parity.check import Comparison
from dagferry.parity.trace import TaskTrace


def serialised(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """Pairs of task ids of which the flow makes the second wait for the first, and the DAG does not."""
    # A TaskGraph starts each task once it has heard of others, which forces nothing.
    graph = comparison.subject.is_graph
    runs = comparison.flow.tasks
    closed = ancestors([run.upstream if graph else run.upstream + run.after for run in runs])
    before = _upstream(comparison.airflow.tasks)
    ran = [pair for pair in comparison.pairs() if pair.flow and pair.flow.started is not None]
    found = {
        (one.airflow.task_id, other.airflow.task_id): None
        for one in ran
        for other in ran
        if one.flow is not None
        and other.flow is not None
        and one.airflow.task_id != other.airflow.task_id
        and one.airflow.task_id not in before[other.airflow.task_id]
        and comes_before(one.flow.position, other.flow.position, closed)
    }
    return tuple(found)


def _upstream(tasks: tuple[TaskTrace, ...]) -> dict[str, set[str]]:
    """For each task id, all that come before it."""
    direct = {task.task_id: set(task.upstream_ids) for task in tasks}
    found: dict[str, set[str]] = {}
    for task_id in direct:
        seen: set[str] = set()
        waiting = list(direct[task_id])
        while waiting:
            up = waiting.pop()
            if up not in seen:
                seen.add(up)
                waiting += direct.get(up, ())
        found[task_id] = seen
    return found


def told(pairs: tuple[tuple[str, str], ...]) -> str:
    """A note for the reader of the report, empty where there is nothing to say."""
    if not pairs:
        return ""
    shown = ", ".join(f"{down} waits for {up}" for up, down in pairs[:3])
    more = f" and {len(pairs) - 3} more" if len(pairs) > 3 else ""
    return f"serialised in the flow, side by side in the DAG: {shown}{more}"
