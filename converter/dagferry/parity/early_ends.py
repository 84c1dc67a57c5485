"""Tasks that never ran because one task upstream had decided it, so that they waited for no other.

Airflow skips a task with `all_skipped` as soon as one task upstream has succeeded, and what comes after
it may start while the others still run.
https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#trigger-rules
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter

from dagferry.parity.trace import TaskTrace

__all__ = ["enough"]

Sets = frozenset[frozenset[str]]

_BAD = frozenset({"failed", "upstream_failed"})
#: Trigger rule, and how a task ended under it -> outcomes of which one, upstream, decides that at once.
_DECIDING: Mapping[tuple[str, str], frozenset[str]] = {
    ("all_success", "upstream_failed"): _BAD,
    ("all_success", "skipped"): frozenset({"skipped"}),
    ("none_failed", "upstream_failed"): _BAD,
    ("none_failed_min_one_success", "upstream_failed"): _BAD,
    ("none_failed_or_skipped", "upstream_failed"): _BAD,
    ("all_failed", "skipped"): frozenset({"success", "skipped"}),
    ("all_skipped", "skipped"): _BAD | {"success"},
    ("none_skipped", "skipped"): frozenset({"skipped"}),
    ("all_done_min_one_success", "skipped"): frozenset({"skipped"}),
}


def enough(
    tasks: Iterable[TaskTrace], parents: Mapping[str, set[str]], ran: Iterable[str]
) -> Mapping[str, Sets]:
    """Task id -> sets of tasks that ran: of each set, one has ended for certain before the task did.

    For a task of `ran` that is the task alone. `tasks` is Airflow's side of a trace, `parents` the tasks
    right upstream of each. A mapped task that never ran is taken to wait for all.
    """
    instances: dict[str, list[TaskTrace]] = {}
    for one in tasks:
        instances.setdefault(one.task_id, []).append(one)
    found: dict[str, Sets] = {name: frozenset({frozenset({name})}) for name in ran}
    for name in TopologicalSorter(parents).static_order():
        if name not in found:
            deciding = _deciding(instances.get(name, ()), instances)
            names = sorted(deciding or parents.get(name, set()))
            found[name] = _of([found[one] for one in names], bool(deciding))
    return found


def _deciding(task: Sequence[TaskTrace], instances: Mapping[str, Sequence[TaskTrace]]) -> set[str]:
    """The tasks right upstream that decided alone; empty where all had to end."""
    if len(task) != 1:
        return set()
    rule = str(task[0].options.get("trigger_rule") or "all_success")
    outcomes = _DECIDING.get((rule, task[0].outcome), frozenset())
    return {
        name
        for name in task[0].upstream_ids
        if any(one.outcome in outcomes for one in instances.get(name, ()))
    }


def _of(each: Sequence[Sets], one_decides: bool) -> Sets:
    if one_decides and len(each) > 1:
        return frozenset({frozenset(name for sets in each for some in sets for name in some)})
    return frozenset(some for sets in each for some in sets)
