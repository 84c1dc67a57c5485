"""`TaskGroup`: a name before the ids of its tasks, and an end for edges.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#taskgroups
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from daglight.edges import Edges
from daglight.exceptions import DuplicateTaskIdFound
from daglight.group_relatives import GroupRelatives
from daglight.keys import check_key, next_free
from daglight.known import known_as
from daglight.scope import scope

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.mapped_group import MappedTaskGroup
    from daglight.operator import BaseOperator

__all__ = ["TaskGroup"]


@known_as("TaskGroup")
class TaskGroup(GroupRelatives, Edges):
    """Tasks and groups under one id; the root group of a DAG has the id None."""

    def __init__(
        self,
        group_id: str | None,
        prefix_group_id: bool = True,
        parent_group: TaskGroup | None = None,
        dag: DAG | None = None,
        default_args: dict[str, Any] | None = None,
        tooltip: str = "",
        ui_color: str = "CornflowerBlue",
        ui_fgcolor: str = "#000",
        add_suffix_on_collision: bool = False,
        group_display_name: str = "",
        doc_md: str | None = None,
    ) -> None:
        self.prefix_group_id, self.tooltip, self.doc_md = prefix_group_id, tooltip, doc_md
        self.ui_color, self.ui_fgcolor, self.group_display_name = (
            ui_color,
            ui_fgcolor,
            group_display_name,
        )
        self.default_args = dict(default_args or {})
        self.children: dict[str, BaseOperator | TaskGroup] = {}
        #: The tasks that an edge to the group departs from.
        self.upstream_ids: set[str] = set()
        self.parent: TaskGroup | None = None
        self.label = group_id
        if group_id is None:
            self.dag = dag
        else:
            self._join(check_key(group_id), parent_group, dag, add_suffix_on_collision)

    def _join(self, label: str, parent: TaskGroup | None, dag: DAG | None, suffix: bool) -> None:
        found = dag or (parent.dag if parent else scope.dag)
        if found is None:
            raise RuntimeError("TaskGroup can only be used inside a dag")
        self.dag = found
        self.parent = parent or scope.group(found)
        self.label = (
            next_free(label, self.parent.child_id(label), found.used_ids) if suffix else label
        )
        if self.group_id in found.used_ids:
            raise DuplicateTaskIdFound(
                f"group_id '{self.group_id}' has already been added to the DAG"
            )
        self.parent.children[str(self.group_id)] = self
        found.used_ids.add(str(self.group_id))

    @property
    def group_id(self) -> str | None:
        """The id with those of the groups around it; None for the root group."""
        if self.label is None or self.parent is None:
            return None
        return self.parent.child_id(self.label)

    @property
    def mapped_group(self) -> MappedTaskGroup | None:
        """The innermost mapped group that it stands in; None without one."""
        return self.parent.mapped_group if self.parent else None

    def child_id(self, label: str) -> str:
        """The id of a task or group of that name in here."""
        return f"{self.group_id}.{label}" if self.prefix_group_id and self.group_id else label

    def add(self, task: BaseOperator) -> None:
        """Take a task in; DuplicateTaskIdFound when its id is taken."""
        if self.dag is not None and task.task_id in self.dag.used_ids:
            word = "Dag" if scope.airflow_3 else "DAG"
            raise DuplicateTaskIdFound(
                f"Task id '{task.task_id}' has already been added to the {word}"
            )
        self.children[task.task_id] = task

    def merged_default_args(self) -> dict[str, Any]:
        """The `default_args` of the groups around it, then its own."""
        if self.parent is None:
            return self.default_args
        return {**self.parent.merged_default_args(), **self.default_args}

    def tasks(self) -> Iterator[BaseOperator]:
        """The tasks in here and in the groups within, in the order they were made."""
        for child in self.children.values():
            if isinstance(child, TaskGroup):
                yield from child.tasks()
            else:
                yield child

    def groups(self) -> Iterator[TaskGroup]:
        """The group itself and those within."""
        yield self
        for child in self.children.values():
            if isinstance(child, TaskGroup):
                yield from child.groups()

    def edge_roots(self) -> list[BaseOperator]:
        """The tasks that depend on no task in here."""
        tasks = list(self.tasks())
        inside = {task.task_id for task in tasks}
        return [task for task in tasks if task.upstream_task_ids.isdisjoint(inside)]

    def edge_leaves(self) -> list[BaseOperator]:
        """The tasks that no task in here depends on; of teardowns, what stands before them."""
        from daglight.setup_teardown import before_teardowns

        tasks = list(self.tasks())
        inside = {task.task_id for task in tasks}
        ends = [task for task in tasks if task.downstream_task_ids.isdisjoint(inside)]
        return [one for task in ends for one in before_teardowns(task, inside)]

    def set_downstream(self, task_or_task_list: Any, edge_modifier: Any = None) -> None:
        """Let the given things run after it; Airflow 3.3.2 looks before a group without leaves."""
        if scope.airflow_3 and not self.edge_leaves():
            for task in self._leaves_before():
                task.set_downstream(task_or_task_list)
        super().set_downstream(task_or_task_list, edge_modifier)

    def _leaves_before(self) -> list[BaseOperator]:
        group: TaskGroup | None = self
        while group is not None and self.dag is not None:
            if leaves := group.edge_leaves():
                return leaves
            if group.upstream_ids:
                return [self.dag.get_task(one) for one in sorted(group.upstream_ids)]
            group = group.parent
        return []

    def __iter__(self) -> Iterator[BaseOperator]:
        return self.tasks()

    def __enter__(self) -> TaskGroup:
        scope.groups.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        scope.groups.pop()
