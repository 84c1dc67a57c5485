"""Check: tries that fail on both sides fail with the same exception: its type and its message.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html#timeouts
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from dagferry.parity.check import ABSENT, Comparison, Item, compared, differs, same
from dagferry.parity.match import Pair
from dagferry.parity.trace import TaskTrace

NAME = "errors"


def items(comparison: Comparison) -> Iterator[Item]:
    """One item for each failed try that either side knows of."""
    for pair in comparison.pairs():
        if pair.flow is None or not pair.airflow.tries or pair.recorded:
            continue
        sides = _errors(pair, pair.airflow), _errors(pair, pair.flow)
        for at, (airflow, flow) in enumerate(zip_longest(*sides), 1):
            yield _item(
                f"{pair.label} try {at}" if at > 1 else pair.label, airflow, flow, comparison
            )


def _errors(pair: Pair, task: TaskTrace) -> tuple[str, ...]:
    """Those of all tries; the last one alone where one of the engines does not list them."""
    assert pair.flow is not None
    if task.outcome == "skipped":
        return ()
    if task.errors is not None and None not in (pair.airflow.errors, pair.flow.errors):
        return task.errors
    return (task.error,) if task.error and task.outcome == "failed" else ()


def _item(label: str, airflow: str | None, flow: str | None, comparison: Comparison) -> Item:
    if airflow is None or flow is None:
        sides = (ABSENT if airflow is None else airflow, ABSENT if flow is None else flow)
        return differs(label, *sides, "only one side failed")
    names = airflow.partition(":")[0], flow.partition(":")[0]
    if names in comparison.policy.alike_errors:
        return same(label, "error of the engine")
    return compared(label, airflow, flow, comparison.policy)
