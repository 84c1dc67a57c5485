"""Check: the same files were left behind, and the task bodies printed the same.

What a task prints is in the log of its run: in Airflow always, in Prefect where `log_prints` asks for it
(https://docs.prefect.io/v3/how-to-guides/workflows/add-logging).
"""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.parity.check import ABSENT, Comparison, Item, compared, differs, same, unchecked

NAME = "effects"
_UNLOGGED = "what the task prints is not in its log: the flow lacks log_prints=True"
_STUBBED = "a stub stood for what the task does in Airflow"


def items(comparison: Comparison) -> Iterator[Item]:
    """One item for each file that either side touched, one for each task that printed."""
    yield from _files(comparison)
    for pair in comparison.pairs():
        airflow = list(pair.airflow.prints)
        flow = list(pair.flow.prints) if pair.flow else []
        if flow and not airflow and any(pair.airflow.stubbed):
            yield unchecked(f"{pair.label}.prints", _STUBBED)
        elif airflow and pair.flow is not None and pair.flow.unlogged:
            yield differs(f"{pair.label}.log", airflow, [], _UNLOGGED)
        elif airflow or flow:
            yield compared(f"{pair.label}.prints", airflow, flow, comparison.policy)


def _files(comparison: Comparison) -> Iterator[Item]:
    if comparison.files is None:
        yield unchecked("files", "the scratch folders were not looked at")
        return
    airflow, flow = comparison.files.airflow, comparison.files.flow
    gap = comparison.gap()
    stubbed = any(any(pair.airflow.stubbed) for pair in comparison.pairs())
    for path in sorted({*airflow, *flow}):
        sides = [side[path] or "deleted" if path in side else ABSENT for side in (airflow, flow)]
        if sides[0] == sides[1]:
            yield same(path)
        elif gap:
            yield unchecked(path, gap)
        elif stubbed and path not in airflow:
            yield unchecked(path, _STUBBED)
        else:
            yield differs(path, *sides)
