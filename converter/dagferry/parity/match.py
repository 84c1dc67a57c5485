"""Which flow task run is which Airflow task instance.

By task id, which converted flows use as the task's name, and by map index. Runs of one name that
carry no index are numbered in the order in which they were created.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dagferry.parity.manifest import Subject, TaskFacts
from dagferry.parity.trace import TaskTrace, Trace


@dataclass(frozen=True)
class Pair:
    """One Airflow task instance and the flow's run of it, None when it was never called.

    `excuse`: why nothing of this pair can be compared, or None.
    """

    airflow: TaskTrace
    flow: TaskTrace | None
    facts: TaskFacts
    excuse: str | None = None

    @property
    def recorded(self) -> bool:
        """Whether the flow recorded the call that it would raise for outside of a comparison."""
        return self.facts.grade == "manual" and self.flow is not None and bool(self.flow.calls)

    @property
    def answered(self) -> bool:
        """Whether a stub of the user answered the DAG's call, which the flow only recorded."""
        return self.recorded and any(self.airflow.stubbed)

    @property
    def label(self) -> str:
        """The task id, with the map index where there is one."""
        return label(self.airflow)


@dataclass(frozen=True)
class Matched:
    """All task instances paired, and the flow's runs that are nobody's."""

    pairs: tuple[Pair, ...]
    extra: tuple[TaskTrace, ...]


def label(task: TaskTrace) -> str:
    """How a task instance is called in a report."""
    return task.task_id if task.map_index < 0 else f"{task.task_id}[{task.map_index}]"


def match_runs(airflow: Trace, flow: Trace, subject: Subject) -> Matched:
    """Pair the two traces; every instance and every run appears exactly once."""
    runs = _numbered(airflow.tasks, flow.tasks)
    pairs = [
        Pair(one, runs.pop((one.task_id, one.map_index), None), subject.facts(one.task_id))
        for one in airflow.tasks
    ]
    excuses = _excuses(pairs, airflow, flow)
    return Matched(
        tuple(Pair(one.airflow, one.flow, one.facts, excuses.get(one.label)) for one in pairs),
        tuple(sorted(runs.values(), key=lambda run: run.position)),
    )


def _numbered(
    instances: Iterable[TaskTrace], runs: Sequence[TaskTrace]
) -> dict[tuple[str, int], TaskTrace]:
    mapped = {one.task_id for one in instances if one.map_index >= 0}
    by_name: dict[str, list[TaskTrace]] = {}
    for run in runs:
        by_name.setdefault(run.task_id, []).append(run)
    return {
        (name, index): run
        for name, group in by_name.items()
        for index, run in _indices(group, name in mapped)
    }


def _indices(group: list[TaskTrace], mapped: bool) -> list[tuple[int, TaskTrace]]:
    """The runs' own indices where they are distinct; else numbers, from -1 where none is mapped."""
    own = [run.map_index for run in group]
    if len(set(own)) == len(own) and (not mapped or min(own) >= 0):
        return list(zip(own, group))
    return list(enumerate(group, start=0 if mapped else -1))


def _excuses(pairs: Sequence[Pair], airflow: Trace, flow: Trace) -> Mapping[str, str]:
    manual = {
        one.airflow.task_id for one in pairs if one.facts.grade == "manual" and not one.recorded
    }
    answered = {one.airflow.task_id for one in pairs if one.answered}
    behind = _downstream(manual | answered, airflow.tasks)
    found = {one.label: _excuse(one, flow, manual, behind) for one in pairs}
    return {name: reason for name, reason in found.items() if reason}


def _excuse(pair: Pair, flow: Trace, manual: set[str], behind: set[str]) -> str | None:
    if pair.airflow.task_id in manual:
        return "converted by hand: the flow has a stub"
    if pair.airflow.task_id in behind:
        return "waits for a task that has to be converted by hand"
    if manual and pair.flow is None and flow.run_state == "failed":
        return "not reached: a task that has to be converted by hand ended the flow"
    if pair.airflow.outcome == "none":
        return "the DAG run left it without an outcome"
    if flow.run_state == "incomplete" and (pair.flow is None or pair.flow.outcome == "none"):
        return "the flow run did not come to its end"
    return None


def _downstream(of: set[str], tasks: Sequence[TaskTrace]) -> set[str]:
    found: set[str] = set()
    fresh = set(of)
    while fresh:
        fresh = {one.task_id for one in tasks if fresh & set(one.upstream_ids)} - found
        found |= fresh
    return found - of
