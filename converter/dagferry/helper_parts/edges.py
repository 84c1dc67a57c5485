"""Edges between several tasks at once: `chain` and `cross_downstream`."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from airflow_compat.dependencies import Dependencies, as_list
from airflow_compat.exceptions import AirflowException

__all__ = ["chain", "cross_downstream"]


def chain(*steps: Dependencies | Iterable[Dependencies]) -> None:
    """`chain(a, [b, c], [d, e], f)`: one after the other, equal lists pair by pair."""
    for before, after in itertools.pairwise(steps):
        if isinstance(before, Dependencies) or isinstance(after, Dependencies):
            cross_downstream(as_list(before), after)
            continue
        left, right = as_list(before), as_list(after)
        if len(left) != len(right):
            raise AirflowException("Chain not supported for lists of different lengths")
        for one, other in zip(left, right):
            one.set_downstream(other)


def cross_downstream(
    from_tasks: Iterable[Dependencies],
    to_tasks: Dependencies | Iterable[Dependencies],
) -> None:
    """Every one of the first before every one of the second."""
    targets = as_list(to_tasks)
    for node in from_tasks:
        node.set_downstream(targets)
