"""Check: every Airflow edge is forced on the flow's side, and was kept.

Forced means: through futures that were given as arguments or waited for, or because the first run
had certainly ended before the second was created. Being early by luck is not enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dagferry.graph.forced import ancestors, comes_before, turns_suffice
from dagferry.parity.check import Comparison, Item, differs, ignored, same
from dagferry.parity.early_ends import Sets, enough
from dagferry.parity.match import Pair
from dagferry.parity.trace import TaskTrace
from dagferry.parity.values import EQUAL

NAME = "order"


def items(comparison: Comparison) -> Iterator[Item]:
    """One item for each edge between tasks whose bodies ran; through the others it is followed."""
    closed = ancestors([run.upstream + run.after for run in comparison.flow.tasks])
    started = _started(comparison.pairs())
    parents = _parents(comparison)
    sets = enough(comparison.airflow.tasks, parents, started)
    for down in started:
        ups = sorted(_called(down, parents, started))
        rule = _rule(started[down][0])
        if ups and rule in comparison.policy.no_order:
            yield ignored(down, "no order")
        elif ups and rule in comparison.policy.any_upstream:
            yield _any(ups, down, started, closed)
        else:
            waited = frozenset().union(*(sets[up] for up in parents[down]))
            yield from _edges(ups, down, started, closed, waited)


def _started(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        # A stand-in for a task that Airflow did not run has no order to keep.
        if pair.flow is not None and pair.flow.started is not None and pair.airflow.tries:
            found.setdefault(pair.airflow.task_id, []).append(pair)
    return found


def _rule(pair: Pair) -> str:
    return str(pair.airflow.options.get("trigger_rule") or "all_success")


def _parents(comparison: Comparison) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in comparison.airflow.tasks:
        found.setdefault(one.task_id, set()).update(one.upstream_ids)
    return found


def _called(
    down: str, parents: Mapping[str, set[str]], started: Mapping[str, list[Pair]]
) -> set[str]:
    """The nearest tasks upstream whose bodies ran."""
    found: set[str] = set()
    seen: set[str] = {down}
    rest = sorted(parents.get(down, ()))
    while rest:
        up = rest.pop()
        if up in seen:
            continue
        seen.add(up)
        if up in started:
            found.add(up)
        else:
            rest.extend(sorted(parents.get(up, ())))
    return found


def _edges(
    ups: Sequence[str],
    down: str,
    started: Mapping[str, list[Pair]],
    closed: Sequence[int],
    waited: Sets,
) -> Iterator[Item]:
    """Each edge; one that is not forced is none of Airflow's where another task had decided before."""
    found = {up: _edge(up, down, started, closed) for up in ups}
    forced = {up for up, item in found.items() if item.verdict == EQUAL}
    for up, item in found.items():
        needed = [some for some in waited if up in some]
        if up not in forced and all(some & forced for some in needed):
            yield same(item.label, "decided early")
        else:
            yield item


def _edge(up: str, down: str, started: Mapping[str, list[Pair]], closed: Sequence[int]) -> Item:
    firsts, seconds = _runs(started[up]), _runs(started[down])
    label = f"{up} -> {down}"
    faults = [_fault(a, b, closed) for b in seconds for a in firsts]
    if not any(faults):
        return same(label)
    turns = [_fault(a, b, closed) for a, b in zip(firsts, seconds)]
    if turns_suffice(up, down, (len(firsts), len(seconds))) and not any(turns):
        return same(label, "group turns")
    return differs(label, "before", next(filter(None, faults)), next(filter(None, faults)))


def _any(
    ups: Sequence[str], down: str, started: Mapping[str, list[Pair]], closed: Sequence[int]
) -> Item:
    """A rule that fires early: each run waited for at least one run upstream."""
    firsts = [run for up in ups for run in _runs(started[up])]
    label = f"{', '.join(ups)} -> {down}"
    for second in _runs(started[down]):
        if all(_fault(first, second, closed) for first in firsts):
            return differs(label, "before", "not forced", "waits for none of them")
    return same(label, "any upstream")


def _runs(pairs: Sequence[Pair]) -> list[TaskTrace]:
    return [pair.flow for pair in pairs if pair.flow is not None]


def _fault(first: TaskTrace, second: TaskTrace, closed: Sequence[int]) -> str:
    """What is wrong with the order of two runs; empty when nothing is."""
    if first.ended is None or second.started is None or first.ended >= second.started:
        return "starts before the other has ended"
    return "" if comes_before(first.position, second.position, closed) else "not forced"
