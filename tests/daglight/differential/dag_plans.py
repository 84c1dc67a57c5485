"""A DAG as a value, before it is written as a file.

A plan is data, so that it can be made smaller while it still shows a difference. Tasks only depend on
earlier ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

#: Everything that can be generated; a run names what it leaves out.
FEATURES = (
    "bash",
    "branches",
    "short circuits",
    "failures",
    "retries",
    "backoff",
    "skips",
    "rules",
    "xcoms",
    "unpushed",
    "templates",
    "groups",
    "callbacks",
    "native",
    "mapping",
    "mapped groups",
    "setups",
    "sensors",
    "fail fast",
    "missing keys",
    "json changes",
    "tries in templates",
)


@dataclass(frozen=True)
class Input:
    """A value that a task takes: by which route, from which task, under which key.

    `listed`: what a mapped task gives is made a list before it is handed on.
    """

    route: str
    source: str
    key: str | None = None
    listed: bool = False


@dataclass(frozen=True)
class TaskPlan:
    """One task.

    `over`: what it is mapped over, as `OVER` of `dag_mapping` names it; a task in a group whose name
    begins with `each` is in a mapped group. `over_source`: the task whose value that is.
    """

    name: str
    kind: str
    body: str = "returns"
    value: str = "1"
    upstream: tuple[str, ...] = ()
    rule: str = "all_success"
    options: tuple[tuple[str, str], ...] = ()
    inputs: tuple[Input, ...] = ()
    templates: tuple[str, ...] = ()
    group: str = ""
    chosen: tuple[str, ...] = ()
    over: str = ""
    over_source: str = ""
    over_items: str = "[1, 2]"
    setup_of: str = ""

    @property
    def in_each(self) -> bool:
        """Whether it stands in a mapped group."""
        return self.group.startswith("each")

    @property
    def takes_item(self) -> bool:
        """Whether it has an argument that differs from instance to instance."""
        return bool(self.over) or self.in_each

    def edges(self) -> set[str]:
        """The tasks it depends on, by edge or by argument."""
        arguments = {one.source for one in self.inputs if one.route.startswith("argument")}
        sources = {self.over_source} if self.over_source else set()
        return {*self.upstream, *arguments, *sources}


@dataclass(frozen=True)
class DagPlan:
    """One DAG and how it is asked to run."""

    dag_id: str
    version: int
    logical_date: str
    tasks: tuple[TaskPlan, ...]
    options: tuple[tuple[str, str], ...] = ()
    conf: dict[str, Any] = field(default_factory=dict)

    def task(self, name: str) -> TaskPlan:
        """The task of that name."""
        return next(one for one in self.tasks if one.name == name)

    def downstream(self, name: str) -> list[str]:
        """The tasks right after one."""
        return [one.name for one in self.tasks if name in one.edges()]
