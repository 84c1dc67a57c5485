"""Edges between tasks, groups and XComArgs: `>>`, lists, `chain`, `Label`.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#task-
dependencies
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from daglight.exceptions import AirflowException
from daglight.scope import scope

if TYPE_CHECKING:
    from daglight.operator import BaseOperator

__all__ = ["Edges", "Label", "chain", "chain_linear", "cross_downstream", "link"]

Ends: TypeAlias = "Edges | Sequence[Edges]"


class Edges:
    """Anything that can stand on either side of `>>`."""

    def edge_roots(self) -> list[BaseOperator]:
        """The tasks that an edge to this thing arrives at."""
        raise NotImplementedError

    def edge_leaves(self) -> list[BaseOperator]:
        """The tasks that an edge from this thing departs from."""
        raise NotImplementedError

    def set_downstream(self, task_or_task_list: Ends, edge_modifier: Any = None) -> None:
        """Let the given things run after this one."""
        _ = edge_modifier
        for other in _flat(task_or_task_list):
            link(self, other)

    def set_upstream(self, task_or_task_list: Ends, edge_modifier: Any = None) -> None:
        """Let the given things run before this one."""
        _ = edge_modifier
        for other in _flat(task_or_task_list):
            link(other, self)

    def __rshift__(self, other: Ends) -> Ends:
        self.set_downstream(other)
        return other

    def __lshift__(self, other: Ends) -> Ends:
        self.set_upstream(other)
        return other

    def __rrshift__(self, other: Ends) -> Edges:
        self.set_upstream(other)
        return self

    def __rlshift__(self, other: Ends) -> Edges:
        self.set_downstream(other)
        return self


class Label(Edges):
    """`a >> Label("why") >> b`: an edge with a caption, which changes nothing of the run."""

    def __init__(self, label: str | None = None) -> None:
        self.label = label
        self._before: list[Edges] = []
        self._after: list[Edges] = []

    def edge_roots(self) -> list[BaseOperator]:
        """The roots of what stands after the label."""
        return [task for other in self._after for task in other.edge_roots()]

    def edge_leaves(self) -> list[BaseOperator]:
        """The leaves of what stands before the label."""
        return [task for other in self._before for task in other.edge_leaves()]

    def set_downstream(self, task_or_task_list: Ends, edge_modifier: Any = None) -> None:
        """Remember the far side and join it to the near side."""
        _ = edge_modifier
        self._after.extend(_flat(task_or_task_list))
        self._join()

    def set_upstream(self, task_or_task_list: Ends, edge_modifier: Any = None) -> None:
        """Remember the near side and join it to the far side."""
        _ = edge_modifier
        self._before.extend(_flat(task_or_task_list))
        self._join()

    def _join(self) -> None:
        for before in self._before:
            for after in self._after:
                link(before, after)


def link(before: Edges, after: Edges) -> None:
    """Make every leaf of `before` a direct upstream of every root of `after`."""
    if isinstance(after, Label):
        after.set_upstream(before)
    elif isinstance(before, Label):
        before.set_downstream(after)
    else:
        leaves = before.edge_leaves()
        if hasattr(after, "upstream_ids"):
            after.upstream_ids.update(one.task_id for one in leaves)
        for upstream in leaves:
            for downstream in after.edge_roots():
                _link_tasks(upstream, downstream)


def chain(*tasks: Any) -> None:
    """Join neighbours in order; two neighbouring lists pair off and must be of one length."""
    for before, after in pairwise(tasks):
        _chain_pair(before, after)


def chain_linear(*elements: Any) -> None:
    """Join neighbours in order; between two lists every task is joined to every task."""
    for before, after in pairwise(elements):
        cross_downstream(list(_flat(before)), list(_flat(after)))


def cross_downstream(from_tasks: Sequence[Edges], to_tasks: Ends) -> None:
    """Join every task of the first list to every task of the second."""
    for task in from_tasks:
        task.set_downstream(to_tasks)


def _chain_pair(before: Any, after: Any) -> None:
    if isinstance(before, Edges):
        before.set_downstream(after)
    elif isinstance(after, Edges):
        after.set_upstream(before)
    elif _is_list(before) and _is_list(after):
        if len(before) != len(after):
            # Observed in Airflow 2.11.2.
            kind = ValueError if scope.airflow_3 else AirflowException
            raise kind(
                "Chain not supported for different length Iterable. "
                f"Got {len(before)} and {len(after)}."
            )
        for one, other in zip(before, after):
            one.set_downstream(other)
    else:
        raise TypeError(
            f"Chain not supported between instances of {type(before)} and {type(after)}"
        )


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def _flat(things: Any) -> Iterable[Edges]:
    """One thing or a list of things, checked."""
    found = things if isinstance(things, (list, tuple, set, frozenset)) else [things]
    for thing in found:
        if not isinstance(thing, Edges):
            # Observed in Airflow 2.11.2.
            raise AttributeError(
                f"{type(thing).__name__!r} object has no attribute 'update_relative'"
            )
    return found


def _link_tasks(upstream: BaseOperator, downstream: BaseOperator) -> None:
    if upstream.dag is None or upstream.dag is not downstream.dag:
        _share_dag(upstream, downstream)
    upstream.downstream_task_ids.add(downstream.task_id)
    downstream.upstream_task_ids.add(upstream.task_id)


def _share_dag(upstream: BaseOperator, downstream: BaseOperator) -> None:
    """Take a task without a DAG into that of the other."""
    dag = upstream.dag or downstream.dag
    if dag is None:
        raise AirflowException(
            "Tried to create relationships between tasks that don't have DAGs yet. "
            f"Set the DAG for at least one task and try again: {[upstream, downstream]}"
        )
    for task in (upstream, downstream):
        if task.dag is None:
            task.dag = dag
        elif task.dag is not dag:
            word, kind = ("Dag", RuntimeError) if scope.airflow_3 else ("DAG", AirflowException)
            raise kind(
                f"Tried to set relationships between tasks in more than one {word}: "
                f"{{{upstream.dag}, {downstream.dag}}}"
            )
