"""Check: as many attempts, with the same delays, under the same retries and time limit.

A task that does not fail in this run shows no retry, so what it was allowed is compared as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.parity.check import ABSENT, Comparison, Item, differs, ignored, same, unchecked
from dagferry.parity.match import Pair
from dagferry.parity.trace import Json, TaskTrace

NAME = "tries"


def items(comparison: Comparison) -> Iterator[Item]:
    """Tries, delays and options of each task instance."""
    for pair in comparison.pairs():
        if pair.flow is None:
            yield from _uncalled(pair)
        elif _is_stand_in(pair.airflow, pair.flow):
            yield ignored(f"{pair.label}.tries", "skipped stand-in")
        else:
            yield _plain(f"{pair.label}.tries", pair.airflow.tries, pair.flow.tries)
            yield _plain(f"{pair.label}.delays", *map(_delays, (pair.airflow, pair.flow)))
            yield from _options(pair, pair.flow)


def _uncalled(pair: Pair) -> Iterator[Item]:
    if pair.airflow.tries:
        yield differs(f"{pair.label}.tries", pair.airflow.tries, ABSENT, "never called in the flow")


def _is_stand_in(instance: TaskTrace, run: TaskTrace) -> bool:
    """Prefect only has a `Skipped` run when a body returned it: then a stand-in was started.

    Its options are its own. What it printed or wrote is still compared.
    """
    skipped = instance.outcome == run.outcome == "skipped" and run.state == "Skipped"
    return skipped and (instance.tries, run.tries) == (0, 1)


def _plain(label: str, airflow: Json, flow: Json) -> Item:
    return same(label) if airflow == flow else differs(label, airflow, flow)


def _delays(task: TaskTrace) -> list[float]:
    return [float(one) for one in task.delays]


def _options(pair: Pair, run: TaskTrace) -> Iterator[Item]:
    for name in ("retries", "timeout", "retry_delay"):
        label = f"{pair.label}.{name}"
        missing = [side for side in (pair.airflow, run) if name not in side.options]
        if missing:
            yield unchecked(label, "the trace does not say")
        elif name != "retry_delay":
            yield _plain(label, *(side.options[name] or 0 for side in (pair.airflow, run)))
        elif pair.airflow.options.get("retries") and run.options.get("retries"):
            yield _plain(label, _each_delay(pair.airflow), _each_delay(run))


def _each_delay(task: TaskTrace) -> list[float]:
    """The delay before each retry: one for all, or a list whose last one is repeated."""
    given = task.options["retry_delay"]
    delays = given if isinstance(given, list) else [given]
    count = int(task.options["retries"])
    return [float(delays[min(at, len(delays) - 1)] or 0) for at in range(count)] if delays else []
