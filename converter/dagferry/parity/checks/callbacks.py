"""Check: the same callbacks fired, per task instance and per run, in order, and did the same.

They printed the same, and what one raised on one side it raised on the other; neither engine fails a task
for that.

https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/logging-monitoring/callbacks.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from dagferry.parity.check import Comparison, Item, compared, differs, same, unchecked
from dagferry.parity.policy import Policy
from dagferry.parity.trace import Callback
from dagferry.parity.values import EQUAL

NAME = "callbacks"
Fired = dict[str, list[Callback]]


def items(comparison: Comparison) -> Iterator[Item]:
    """One item for each task instance, and one for the run, where any callback fired."""
    excuses = {
        pair.airflow.task_id: pair.excuse for pair in comparison.matched.pairs if pair.excuse
    }
    merged = _unnumbered(comparison)
    airflow = _fired(comparison.airflow.callbacks, merged)
    flow = _fired(comparison.flow.callbacks, merged)
    for label in sorted({*airflow, *flow}):
        reason = _excuse(label, comparison, excuses)
        if reason:
            yield unchecked(label, reason)
            continue
        both = airflow.get(label, []), flow.get(label, [])
        item = _item(label, _texts(both, comparison), label in merged, comparison)
        yield item
        if item.verdict == EQUAL and label not in merged:
            yield from _ends(label, both, comparison.policy)


def _excuse(label: str, comparison: Comparison, excuses: Mapping[str, str]) -> str:
    """Why this one cannot be compared: a run that was cut short may not have come to it."""
    if label == "run" or not excuses:
        return comparison.gap()
    return excuses.get(label.partition("[")[0], "")


def _texts(
    both: tuple[list[Callback], list[Callback]], comparison: Comparison
) -> tuple[list[str], list[str]]:
    """The event and the name of each, by Airflow's names of events."""
    events = comparison.policy.events
    airflow, flow = both
    return (
        [f"{one.event}: {one.name}" for one in airflow],
        [f"{events.get(one.event, one.event)}: {one.name}" for one in flow],
    )


def _ends(
    label: str, both: tuple[list[Callback], list[Callback]], policy: Policy
) -> Iterator[Item]:
    """How each callback ended and what it printed, where both engines say so."""
    for at, (one, other) in enumerate(zip(*both)):
        if one.prints is None or other.prints is None:
            continue
        name = f"{label}.{one.name}" if at == 0 else f"{label}.{one.name} ({at + 1})"
        if one.error != other.error:
            yield compared(f"{name} raised", one.error, other.error, policy)
        if one.prints or other.prints:
            yield compared(f"{name} printed", list(one.prints), list(other.prints), policy)


def _item(
    label: str, fired: tuple[list[str], list[str]], unnumbered: bool, comparison: Comparison
) -> Item:
    if unnumbered:
        fired = sorted(fired[0]), sorted(fired[1])
    used = ["unnumbered callbacks"] if unnumbered else []
    if fired[0] == fired[1]:
        return same(label, *used)
    if _named(*fired, comparison.policy.unnamed_callback) == fired[1]:
        return same(label, *used, "unnamed callback")
    return differs(label, *fired)


def _named(airflow: list[str], flow: list[str], unnamed: str) -> list[str]:
    """What Airflow called, where the flow has a callback without a name by that of its helper.

    Airflow's trace then has the name of its class, `partial`.
    """
    ends = f": {unnamed}"
    return [
        theirs
        if theirs.endswith(ends) and own.endswith(": partial") and _event(own) == _event(theirs)
        else own
        for own, theirs in zip_longest(airflow, flow, fillvalue="")
    ]


def _event(text: str) -> str:
    return text.partition(": ")[0]


def _unnumbered(comparison: Comparison) -> set[str]:
    """Tasks that Airflow mapped and whose callbacks the flow's trace does not number."""
    mapped = {task.task_id for task in comparison.airflow.tasks if task.map_index >= 0}
    bare = {one.task_id for one in comparison.flow.callbacks if one.map_index < 0}
    return {task_id for task_id in mapped if task_id in bare}


def _fired(callbacks: Iterable[Callback], merged: set[str]) -> Fired:
    found: Fired = {}
    for one in callbacks:
        found.setdefault(_label(one, merged), []).append(one)
    return found


def _label(one: Callback, merged: set[str]) -> str:
    if one.scope == "run" or one.task_id is None:
        return "run"
    if one.map_index < 0 or one.task_id in merged:
        return one.task_id
    return f"{one.task_id}[{one.map_index}]"
