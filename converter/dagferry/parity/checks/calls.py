"""Check: outside calls that were recorded and not made, in sequence for each task."""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.parity.check import Comparison, Item, compared, same, unchecked
from dagferry.parity.match import Pair

NAME = "calls"


def items(comparison: Comparison) -> Iterator[Item]:
    """One item for each task instance that called out on either side."""
    for pair in comparison.pairs():
        airflow = list(pair.airflow.calls)
        flow = list(pair.flow.calls) if pair.flow else []
        if _only_stubbed(pair):
            yield _stubbed(pair, comparison)
        elif airflow or flow:
            yield compared(f"{pair.label}.calls", airflow, flow, comparison.policy)


def _only_stubbed(pair: Pair) -> bool:
    """Whether stubs answered all calls of Airflow's side, and the flow ran its task without any."""
    ran = pair.flow is not None and pair.flow.tries > 0 and not pair.flow.calls
    return ran and bool(pair.airflow.calls) and all(pair.airflow.stubbed)


def _stubbed(pair: Pair, comparison: Comparison) -> Item:
    """What the task gave is compared as XComs; where it gave nothing, nothing shows the call."""
    label = f"{pair.label}.calls"
    given = set(pair.airflow.xcoms) - comparison.policy.internal_xcoms
    if given or pair.airflow.error is not None:
        return same(label, "stubbed call")
    calls = ", ".join(f"{owner}.{method}" for owner, method, *_ in pair.airflow.calls)
    return unchecked(label, f"{calls} was stubbed and the task gives nothing to compare")
