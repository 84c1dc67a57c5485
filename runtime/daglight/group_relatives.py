"""What groups say about the tasks in them, by Airflow's names for it.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/_api/airflow/utils/task_group/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.group import TaskGroup
    from daglight.operator import BaseOperator

__all__ = ["GroupRelatives"]


class GroupRelatives:
    """The tasks and groups within a group."""

    children: dict[str, BaseOperator | TaskGroup]
    parent: TaskGroup | None
    dag: DAG | None

    if TYPE_CHECKING:

        @property
        def group_id(self) -> str | None: ...

    @property
    def node_id(self) -> str | None:
        """The id of the group."""
        return self.group_id

    @property
    def is_root(self) -> bool:
        """Whether it is the group of the DAG itself."""
        return self.group_id is None

    @property
    def parent_group(self) -> TaskGroup | None:
        """The group that it stands in."""
        return self.parent

    @property
    def dag_id(self) -> str:
        """The id of the DAG."""
        assert self.dag is not None
        return self.dag.dag_id

    @property
    def roots(self) -> list[Any]:
        """The tasks that depend on no task in here."""
        return list(self.get_roots())

    @property
    def leaves(self) -> list[Any]:
        """The tasks that no task in here depends on."""
        return list(self.get_leaves())

    def get_roots(self) -> Iterator[BaseOperator]:
        """The tasks that depend on no task in here."""
        tasks = list(self.iter_tasks())
        inside = {task.task_id for task in tasks}
        return (task for task in tasks if task.upstream_task_ids.isdisjoint(inside))

    def get_leaves(self) -> Iterator[BaseOperator]:
        """The tasks that an edge from the group departs from."""
        return iter(self.edge_leaves())  # type: ignore[attr-defined]

    def iter_tasks(self) -> Iterator[BaseOperator]:
        """The tasks in here and in the groups within."""
        return self.tasks()  # type: ignore[attr-defined, no-any-return]

    def has_task(self, task: BaseOperator) -> bool:
        """Whether the task stands in here or in a group within."""
        return any(task is one for one in self.iter_tasks())

    def get_child_by_label(self, label: str) -> BaseOperator | TaskGroup:
        """The task or group of that name in here; KeyError without it."""
        return self.children[self.child_id(label)]  # type: ignore[attr-defined]

    def get_task_group_dict(self) -> dict[str | None, TaskGroup]:
        """The group itself and those within, by their ids."""
        return {one.group_id: one for one in self.groups()}  # type: ignore[attr-defined]

    def topological_sort(self) -> list[BaseOperator | TaskGroup]:
        """The children so that each comes after those it depends on, else in their order."""
        remaining = dict(self.children)
        found = []
        while remaining:
            for node_id, child in list(remaining.items()):
                if not any(one in remaining for one in self._before(child)):
                    found.append(remaining.pop(node_id))
        return found

    def _before(self, child: Any) -> Iterator[str | None]:
        """The ids of the upstreams of a child, and of the groups that these stand in."""
        assert self.dag is not None
        ids = child.upstream_ids if hasattr(child, "upstream_ids") else child.upstream_task_ids
        for task_id in ids:
            yield task_id
            group = self.dag.task_dict[task_id].task_group
            while group is not None:
                if group is not child:
                    yield group.group_id
                group = group.parent

    def sorted_tasks(self) -> Iterator[BaseOperator]:
        """The tasks in that order, those of a group in one piece."""
        for child in self.topological_sort():
            if isinstance(child, GroupRelatives):
                yield from child.sorted_tasks()
            else:
                yield child
