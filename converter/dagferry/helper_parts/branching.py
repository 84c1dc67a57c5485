"""Branches and short circuits: nodes whose result decides what is skipped."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from prefect import Task

from airflow_compat.calls import CallNode, KindOfNode
from airflow_compat.exceptions import AirflowException
from airflow_compat.nodes import Node
from airflow_compat.task_runs import TaskRun

__all__ = ["branch", "short_circuit"]


def branch(task: Task[..., Any]) -> KindOfNode:
    """`graph.add(branch(task), ...)`: the task returns the id or ids to follow.

    The other nodes directly after it are skipped, whatever their trigger rule, unless a
    followed one leads to them (BranchPythonOperator). None follows nothing.
    """
    return KindOfNode(task, BranchNode)


def short_circuit(
    task: Task[..., Any], *, ignore_downstream_trigger_rules: bool = True
) -> KindOfNode:
    """`graph.add(short_circuit(task), ...)`: a false result skips what follows.

    Everything after it is skipped, or only what follows it directly when trigger rules
    shall decide about the rest (ShortCircuitOperator). Teardowns run.
    """
    make = functools.partial(ShortCircuitNode, far=ignore_downstream_trigger_rules)
    return KindOfNode(task, make)


class BranchNode(CallNode):
    """A node that returns ids of tasks to follow."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.checks.append(self._check)

    def _check(self, chosen: Any) -> None:
        if unknown := sorted(chosen_ids(chosen) - self.graph.nodes.keys()):
            raise AirflowException(
                f"{self.task_id!r} must return ids of tasks. Invalid: {unknown}"
            )

    def ended(self, run: TaskRun, result: Any) -> Iterable[Node]:
        """Keep the result, and skip what was not chosen."""
        super().ended(run, result)
        ids = chosen_ids(result)
        for task_id in list(ids):
            ids |= self.graph.nodes[task_id].relatives().keys()
        return [n for n in self.downstream.values() if n.task_id not in ids]


class ShortCircuitNode(CallNode):
    """A node that skips what follows when it returns something false."""

    def __init__(self, *args: Any, far: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.far = far

    def ended(self, run: TaskRun, result: Any) -> Iterable[Node]:
        """Keep the result, and skip what follows if it is false."""
        super().ended(run, result)
        reach = self.relatives() if self.far else self.downstream
        return [] if result else [n for n in reach.values() if not n.is_teardown]


def chosen_ids(chosen: Any) -> set[str]:
    """The ids that a branch returned."""
    if chosen is None:
        return set()
    ids = {chosen} if isinstance(chosen, str) else set(chosen)
    if wrong := [task_id for task_id in ids if not isinstance(task_id, str)]:
        raise AirflowException(f"A branch returns ids of tasks as text, not {wrong}")
    return ids
