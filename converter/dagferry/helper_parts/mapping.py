"""Dynamic task mapping: `partial(...).expand(...)` of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prefect import Task

from airflow_compat.calls import CallNode, draw_edges
from airflow_compat.expansion import ListOfDicts, Mapped, Product, joined, refuse_twice
from airflow_compat.graph import TaskGraph
from airflow_compat.task_runs import TaskRun
from airflow_compat.templates import walk

if TYPE_CHECKING:
    from airflow_compat.nodes import Node

__all__ = ["mapped"]


def mapped(task: Task[..., Any], **options: Any) -> PartialCall:
    """`mapped(task).partial(z=1).expand(x=[1, 2])`: a node of the open graph.

    It has a task run for every combination of what it is expanded over, in the order
    of Airflow's map indexes. `options` are those of `TaskGraph.add`.
    """
    return PartialCall(task, options, {})


class PartialCall:
    """A task and the arguments that all of its runs share."""

    def __init__(
        self, task: Task[..., Any], options: dict[str, Any], shared: dict[str, Any]
    ) -> None:
        self.task = task
        self.options = options
        self.shared = shared

    def partial(self, **shared: Any) -> PartialCall:
        """More arguments that all runs share."""
        return PartialCall(self.task, self.options, {**self.shared, **shared})

    def expand(self, **lists: Any) -> Node:
        """A run for every combination of the elements."""
        return self._node(Product(lists), set(lists))

    def expand_kwargs(self, listed: Any) -> Node:
        """A run for every dict of arguments."""
        return self._node(ListOfDicts(listed), set())

    def _node(self, over: Product | ListOfDicts, names: set[str]) -> Node:
        refuse_twice(self.shared, names)
        graph = TaskGraph.current()
        options = dict(self.options)
        do_xcom_push = options.pop("do_xcom_push", True)
        task_id = graph.free_id(self.task.name, unique=options.pop("unique", False))
        node = MappedCall(graph, task_id, self.task, (), self.shared, **options)
        node.do_xcom_push = do_xcom_push
        node.map_over(over)
        walk(over.value, lambda leaf: draw_edges(node, leaf))
        return graph.insert(node)


class MappedCall(Mapped, CallNode):
    """A node that calls a Prefect task once for each of what it is mapped over."""

    def keywords(self, run: TaskRun) -> dict[str, Any]:
        """What all runs share, and what is this run's."""
        return joined(self.kwargs, self.each[run.map_index])

    def allowed(self, run: TaskRun) -> Any:
        """The task."""
        return self.task

    def submit(self, run: TaskRun) -> TaskRun:
        """Call the task."""
        return CallNode.submit(self, run)
