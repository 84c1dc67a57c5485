"""Check 8: outside calls that were recorded and not made, in sequence for each task."""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.parity.check import Comparison, Item, compared

NAME = "calls"


def items(comparison: Comparison) -> Iterator[Item]:
    """One item for each task instance that called out on either side."""
    for pair in comparison.pairs():
        airflow = list(pair.airflow.calls)
        flow = list(pair.flow.calls) if pair.flow else []
        if airflow or flow:
            yield compared(f"{pair.label}.calls", airflow, flow, comparison.policy)
