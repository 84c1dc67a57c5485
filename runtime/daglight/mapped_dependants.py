"""Which tasks others are mapped over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daglight.dag import DAG

__all__ = ["has_mapped_dependants", "mapped_sources"]


def has_mapped_dependants(dag: DAG, task_id: str) -> bool:
    """Whether a task or group is mapped over the task's return value."""
    return task_id in mapped_sources(dag)


def mapped_sources(dag: DAG) -> frozenset[str]:
    """The ids of all tasks that others are mapped over; found once for a DAG."""
    found = dag.__dict__.get("_mapped_sources")
    if found is None:
        found = frozenset(
            one.operator.task_id for each in _inputs(dag) for one in each.references()
        )
        dag.__dict__["_mapped_sources"] = found
    return found


def _inputs(dag: DAG) -> Iterator[Any]:
    for holder in (*dag.tasks, *dag.task_group.groups()):
        expand_input = getattr(holder, "expand_input", None)
        if expand_input is not None:
            yield expand_input
