"""What tasks say about their place in the graph, by Airflow's names for it.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/_api/airflow/models/baseoperator/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.operator import BaseOperator

__all__ = ["Relatives"]


class Relatives:
    """The neighbours of a task."""

    task_id: str
    upstream_task_ids: set[str]
    downstream_task_ids: set[str]
    _dag: DAG | None

    def _tasks(self, ids: set[str]) -> list[BaseOperator]:
        return [] if self._dag is None else [self._dag.task_dict[one] for one in sorted(ids)]

    @property
    def upstream_list(self) -> list[BaseOperator]:
        """The direct upstream tasks, in the order of their ids."""
        return self._tasks(self.upstream_task_ids)

    @property
    def downstream_list(self) -> list[BaseOperator]:
        """The direct downstream tasks, in the order of their ids."""
        return self._tasks(self.downstream_task_ids)

    def get_direct_relative_ids(self, upstream: bool = False) -> set[str]:
        """The ids of the direct downstream tasks, or upstream ones."""
        return self.upstream_task_ids if upstream else self.downstream_task_ids

    def get_direct_relatives(self, upstream: bool = False) -> list[BaseOperator]:
        """The direct downstream tasks, or upstream ones, in the order of their ids."""
        return self._tasks(self.get_direct_relative_ids(upstream))

    def get_flat_relative_ids(self, *, upstream: bool = False) -> set[str]:
        """The ids of everything that comes after this task, or before it."""
        seen: set[str] = set()
        queue: list[Any] = [self]
        while queue:
            fresh = queue.pop().get_direct_relative_ids(upstream) - seen
            seen |= fresh
            queue.extend(self._tasks(fresh))
        return seen

    def get_flat_relatives(self, upstream: bool = False) -> list[BaseOperator]:
        """Everything that comes after this task, or before it, in the order of the ids."""
        return self._tasks(self.get_flat_relative_ids(upstream=upstream))

    @property
    def roots(self) -> list[Any]:
        """Just this task."""
        return [self]

    @property
    def leaves(self) -> list[Any]:
        """Just this task."""
        return [self]

    @property
    def node_id(self) -> str:
        """The id of the task."""
        return self.task_id

    def has_dag(self) -> bool:
        """Whether the task belongs to a DAG."""
        return self._dag is not None

    def get_dag(self) -> DAG | None:
        """The DAG, or None."""
        return self._dag
