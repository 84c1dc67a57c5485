"""Which tasks others are mapped over.

Observed: Airflow 2.11.2 counts every reference inside of what is mapped over, at any depth, Airflow
3.3.2 only those that stand there themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from daglight.scope import scope
from daglight.xcom_arg import XComArg, args_within

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.expand_input import ExpandInput

__all__ = ["has_mapped_dependants", "mapped_sources", "references_of", "sources_of"]


def has_mapped_dependants(dag: DAG, task_id: str) -> bool:
    """Whether a task or group is mapped over the task's return value."""
    return task_id in mapped_sources(dag)


def mapped_sources(dag: DAG) -> frozenset[str]:
    """The ids of all tasks that others are mapped over; found once for a DAG."""
    found = dag.__dict__.get("_mapped_sources")
    if found is None:
        found = frozenset(name for each in _inputs(dag) for name in sources_of(each))
        dag.__dict__["_mapped_sources"] = found
    return found


def sources_of(expand_input: ExpandInput) -> set[str]:
    """The ids of the tasks that something is mapped over."""
    return {one.operator.task_id for one in references_of(expand_input)}


def references_of(expand_input: ExpandInput) -> list[XComArg]:
    """The XComs that something is mapped over."""
    if scope.airflow_3:
        return list(expand_input.references())
    return [one for each in args_within(expand_input.value) for one in each.references()]


def _inputs(dag: DAG) -> Iterator[Any]:
    for holder in (*dag.tasks, *dag.task_group.groups()):
        expand_input = getattr(holder, "expand_input", None)
        if expand_input is not None:
            yield expand_input
