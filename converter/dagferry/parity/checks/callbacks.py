"""Check 9: the same callbacks fired, per task instance and per run, in order.

https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/logging-monitoring/callbacks.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from dagferry.parity.check import Comparison, Item, differs, same, unchecked
from dagferry.parity.trace import Callback

NAME = "callbacks"
Fired = dict[str, list[str]]


def items(comparison: Comparison) -> Iterator[Item]:
    """One item for each task instance, and one for the run, where any callback fired."""
    excuses = {
        pair.airflow.task_id: pair.excuse for pair in comparison.matched.pairs if pair.excuse
    }
    merged = _unnumbered(comparison)
    airflow = _fired(comparison.airflow.callbacks, merged, {})
    flow = _fired(comparison.flow.callbacks, merged, comparison.policy.events)
    for label in sorted({*airflow, *flow}):
        reason = _excuse(label, comparison, excuses)
        sequences = airflow.get(label, []), flow.get(label, [])
        if reason:
            yield unchecked(label, reason)
        else:
            yield _item(label, sequences, label in merged, comparison.policy.unnamed_callback)


def _excuse(label: str, comparison: Comparison, excuses: Mapping[str, str]) -> str:
    """Why this one cannot be compared: a run that was cut short may not have come to it."""
    if label == "run" or not excuses:
        return comparison.gap()
    return excuses.get(label.partition("[")[0], "")


def _item(label: str, fired: tuple[list[str], list[str]], unnumbered: bool, unnamed: str) -> Item:
    if unnumbered:
        fired = sorted(fired[0]), sorted(fired[1])
    used = ["unnumbered callbacks"] if unnumbered else []
    if fired[0] == fired[1]:
        return same(label, *used)
    if _named(*fired, unnamed) == fired[1]:
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


def _fired(callbacks: Iterable[Callback], merged: set[str], events: Mapping[str, str]) -> Fired:
    found: Fired = {}
    for one in callbacks:
        text = f"{events.get(one.event, one.event)}: {one.name}"
        found.setdefault(_label(one, merged), []).append(text)
    return found


def _label(one: Callback, merged: set[str]) -> str:
    if one.scope == "run" or one.task_id is None:
        return "run"
    if one.map_index < 0 or one.task_id in merged:
        return one.task_id
    return f"{one.task_id}[{one.map_index}]"
