"""What keeps a random DAG from hanging on the order in which free tasks are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dag_plans import TaskPlan
from dag_words import EARLY

#: Where retries take time (they do not where Airflow is recorded), nothing else may race with them.
RACING = frozenset(("branches", "short circuits"))
#: Where the first failure ends the DAG, nothing else may hang on which task comes first; a rule that
#: goes on after a failure is refused then, which is seldom worth a DAG.
OUTRUN = frozenset(("branches", "short circuits", "retries", "mapping", "mapped groups"))
#: Rules that skip after a failure: where the task that failed is mapped over, Airflow asks the rule
#: and the mapping in no certain order, and the later one decides (the deps are a frozenset).
_AGAINST = ("all_failed", "none_skipped", "all_skipped", "all_done_min_one_success")


def without_race(task: TaskPlan, tasks: Sequence[TaskPlan], patient: bool) -> TaskPlan:
    """The task with a rule under which it does not matter which other task ends first."""
    kinds = {one.kind for one in tasks if one.name in _above(task, tasks)}
    skipping = any("branch" in kind or "circuit" in kind for kind in kinds)
    by_name = {one.name: one for one in tasks}
    if _short_circuited(task, by_name):
        return replace(task, rule="all_done")
    if any(_set_up(by_name[name], tasks) for name in task.edges()):
        # Anything else after a setup is refused by Airflow, which makes a poor comparison.
        return replace(task, rule="all_success")
    if task.rule in EARLY and skipping:
        return replace(task, rule="all_done")
    if _maps_results(task) and (task.rule in _AGAINST or _others(task, by_name)):
        return replace(task, rule="all_done")
    if patient and task.rule == "all_success" and len(task.edges()) > 1:
        return replace(task, rule="none_failed")
    return task


def _maps_results(task: TaskPlan) -> bool:
    """Whether results are mapped over; in Airflow 2 those inside of a list count as well."""
    within = any(one.route.startswith("argument") for one in task.inputs)
    return bool(task.over_source or (task.over and within))


def _short_circuited(task: TaskPlan, tasks: dict[str, TaskPlan]) -> bool:
    """Whether a short circuit of its mapped group is right above it, and something else as well.

    What is `upstream_failed` already is not skipped there in Airflow 2, so that the first one decides.
    """
    circuits = [one for one in task.edges() if "circuit" in tasks[one].kind and tasks[one].in_each]
    return task.in_each and bool(circuits) and len(task.edges()) > 1


def _set_up(task: TaskPlan, tasks: Sequence[TaskPlan]) -> bool:
    return any(one.setup_of == task.name for one in tasks)


def _others(task: TaskPlan, tasks: dict[str, TaskPlan]) -> list[str]:
    """What it comes after beside what it is mapped over and what stands in its mapped group.

    Where one of them failed and the source was skipped, the order in which Airflow looks decides.
    """
    return [
        name
        for name in task.edges() - {task.over_source}
        if not (task.in_each and tasks[name].in_each)
    ]


def _above(task: TaskPlan, tasks: Sequence[TaskPlan]) -> set[str]:
    """All tasks that it comes after."""
    found: set[str] = set()
    for one in reversed(tasks):
        if one.name in task.edges() or any(
            one.name in other.edges() for other in tasks if other.name in found
        ):
            found.add(one.name)
    return found
