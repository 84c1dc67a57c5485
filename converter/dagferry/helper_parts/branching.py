"""Branches and short circuits: nodes whose result decides what is skipped.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#branching
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from prefect import Task

from airflow_compat.calls import CallNode, KindOfNode
from airflow_compat.exceptions import AirflowException
from airflow_compat.nodes import Node
from airflow_compat.task_runs import TaskRun
from airflow_compat.xcom import RETURN

__all__ = ["branch", "short_circuit"]


def branch(task: Task[..., Any]) -> KindOfNode:
    """`graph.add(branch(task), ...)`: the task returns the id or ids to follow.

    The other nodes directly after it are skipped, whatever their trigger rule, unless a
    followed one leads to them (`@task.branch`). The id of a group follows the nodes
    that it begins with; None follows nothing.
    """
    return KindOfNode(task, BranchNode)


def short_circuit(
    task: Task[..., Any], *, ignore_downstream_trigger_rules: bool = True
) -> KindOfNode:
    """`graph.add(short_circuit(task), ...)`: a false result skips what follows.

    Everything after it is skipped, or only what follows it directly when trigger rules
    shall decide about the rest (`@task.short_circuit`). Teardowns run.
    """
    make = functools.partial(ShortCircuitNode, far=ignore_downstream_trigger_rules)
    return KindOfNode(task, make)


class SkippingNode(CallNode):
    """A node whose result decides what is skipped."""

    def unwanted(self, result: Any) -> list[Node]:
        """The nodes to skip after this result."""
        raise NotImplementedError

    def ended(self, run: TaskRun, result: Any) -> Iterable[Node]:
        """Keep the result; Airflow 3 does not where it skips something."""
        unwanted = self.unwanted(result if self.do_xcom_push else run.returned)
        super().ended(run, result)
        if unwanted and self.graph.run._airflow > 2:
            self.graph.xcoms.drop(self.task_id, RETURN, run.map_index)
        return unwanted


class BranchNode(SkippingNode):
    """A node that returns ids of tasks to follow."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.checks.append(functools.partial(followed, self))

    def unwanted(self, result: Any) -> list[Node]:
        """What was not chosen."""
        return not_followed(self, result)


class ShortCircuitNode(SkippingNode):
    """A node that skips what follows when it returns something false."""

    def __init__(self, *args: Any, far: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.far = far

    def unwanted(self, result: Any) -> list[Node]:
        """What follows, if the result is false."""
        return cut_off(self, result, far=self.far)


def followed(node: Node, chosen: Any) -> set[str]:
    """The ids of the tasks that a branch follows. Raises AirflowException."""
    ids = [] if chosen is None else [chosen] if isinstance(chosen, str) else chosen
    if not isinstance(ids, Iterable) or not all(isinstance(one, str) for one in ids):
        raise AirflowException(
            "'branch_task_ids' must be either None, a task ID, or an Iterable of IDs"
        )
    graph = node.graph
    found: set[str] = set()
    for one in ids:
        group = graph.groups.get(one)
        found |= {root.task_id for root in group.roots} if group else {one}
    if unknown := found - graph.nodes.keys():
        raise AirflowException(
            "'branch_task_ids' must contain only valid task_ids."
            f" Invalid tasks found: {unknown}."
        )
    return found


def not_followed(node: Node, chosen: Any) -> list[Node]:
    """The nodes directly after a branch that it neither chose nor leads to."""
    kept = followed(node, chosen)
    for task_id in list(kept):
        kept |= node.graph.nodes[task_id].relatives().keys()
    return [after for after in node.downstream.values() if after.task_id not in kept]


def cut_off(node: Node, result: Any, *, far: bool) -> list[Node]:
    """The nodes after a short circuit, if its result is false; teardowns stay."""
    reach = node.relatives() if far else node.downstream
    return [] if result else [one for one in reach.values() if not one.is_teardown]
