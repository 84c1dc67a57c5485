"""`TaskGroup`: nodes under one id, and an end for edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from airflow_compat.graph import TaskGraph
from airflow_compat.nodes import Group, Node

if TYPE_CHECKING:
    from typing_extensions import Self  # noqa: UP035 - Python 3.10 has none

__all__ = ["TaskGroup"]

# Arguments that only say how Airflow shows a group.
SHOWN = {"tooltip", "doc_md", "group_display_name", "ui_color", "ui_fgcolor"}


class TaskGroup(Group):
    """A group of the open graph; what is made in its `with` block is in it.

    https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#taskgroups
    """

    def __init__(
        self,
        group_id: str,
        *,
        prefix_group_id: bool = True,
        dag: TaskGraph | None = None,
        default_args: Mapping[str, Any] | None = None,
        add_suffix_on_collision: bool = False,
        **shown: str,
    ) -> None:
        super().__init__()
        if unknown := sorted(shown.keys() - SHOWN):
            raise TypeError(f"TaskGroup {group_id!r} takes no argument {unknown[0]!r}")
        self.graph = dag or TaskGraph.current()
        self.prefix_group_id = prefix_group_id
        self.default_args = dict(default_args or {})
        self.group_id = self.graph.free_id(group_id, unique=add_suffix_on_collision)
        self.graph.groups[self.group_id] = self
        if self.graph.open_groups:
            self.graph.open_groups[-1].members.append(self)

    def __enter__(self) -> Self:
        self.graph.open_groups.append(self)
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.graph.open_groups.pop()

    def child_id(self, name: str) -> str:
        """`group_id.name`, unless the group has no prefix."""
        return f"{self.group_id}.{name}" if self.prefix_group_id else name

    def nodes(self) -> Iterator[Node]:
        """The nodes in here and in the groups within."""
        for member in self.members:
            if isinstance(member, TaskGroup):
                yield from member.nodes()
            elif isinstance(member, Node):
                yield member

    @property
    def roots(self) -> Sequence[Node]:
        """The nodes that come after no node in here."""
        nodes = {node.task_id: node for node in self.nodes()}
        return [n for n in nodes.values() if not nodes.keys() & n.upstream.keys()]

    @property
    def leaves(self) -> Sequence[Node]:
        """The nodes that no node in here comes after; of a teardown, what it follows."""
        nodes = {node.task_id: node for node in self.nodes()}
        ends = [n for n in nodes.values() if not nodes.keys() & n.downstream.keys()]
        found = [one for end in ends for one in before_teardowns(end, nodes)]
        return list({node.task_id: node for node in found}.values())

    def __repr__(self) -> str:
        return f"<TaskGroup {self.group_id}>"


def before_teardowns(node: Node, inside: Mapping[str, Node]) -> Iterator[Node]:
    """The node; of a teardown at the end of a group, the work that it comes after."""
    if not node.is_teardown:
        yield node
        return
    for one in node.upstream.values():
        if one.task_id not in inside or one.is_setup:
            continue
        others = [d for d in one.downstream.values() if d is not node]
        if one.is_teardown:
            yield from before_teardowns(one, inside)
        elif not any(d.task_id in inside and not d.is_teardown for d in others):
            yield one
