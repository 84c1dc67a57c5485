"""How the upstreams of an instance stand, and what its trigger rule says to that.

Which instances of mapped tasks count for which was observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from daglight.mapped_dependants import sources_of
from daglight.mapped_group import same_mapped_group
from daglight.scope import scope
from daglight.setup_teardown import relevant_setups
from daglight.trigger_rules import RULES, Counts, Verdict, decide

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.instance import TaskInstance
    from daglight.operator import BaseOperator

__all__ = ["Upstreams", "expands"]

_EARLY = {"one_success", "one_failed", "one_done"}


class Upstreams:
    """Counts for all tasks; kept up to date where that is simple, made anew where it is not."""

    def __init__(
        self,
        dag: DAG,
        instances: dict[str, dict[int, TaskInstance]],
        length_of: Callable[[BaseOperator], int | None],
    ) -> None:
        self._dag, self.instances, self._length_of = dag, instances, length_of
        self._simple: dict[str, Counts] = {}
        self._setups: dict[str, set[str]] = {}
        #: setup id -> the tasks that wait for it without being directly downstream.
        self._after_setup: dict[str, set[str]] = {}
        self._prepare()

    def _prepare(self) -> None:
        expanding = {task.task_id for task in self._dag.tasks if expands(task)}
        with_setups = any(task.is_setup for task in self._dag.tasks)
        for task in self._dag.tasks:
            setups = relevant_setups(task) - task.upstream_task_ids if with_setups else set()
            if setups:
                self._setups[task.task_id] = setups
                for one in setups:
                    self._after_setup.setdefault(one, set()).add(task.task_id)
            if not setups and self._is_simple(task, expanding):
                self._simple[task.task_id] = Counts(upstream=len(task.upstream_task_ids))

    def _is_simple(self, task: BaseOperator, expanding: set[str]) -> bool:
        return (
            task.trigger_rule != "all_done_setup_success"
            and task.task_id not in expanding
            and task.upstream_task_ids.isdisjoint(expanding)
        )

    def created(self, ti: TaskInstance) -> None:
        """An instance exists from now on."""
        self.instances.setdefault(ti.task_id, {})[ti.map_index] = ti

    def ended(self, ti: TaskInstance) -> list[TaskInstance]:
        """Count an instance that has ended; those whose rule should be asked again."""
        self._count_ended(ti, ti.progress.state, 1)
        return self.after(ti)

    def ended_again(self, ti: TaskInstance, before: str) -> list[TaskInstance]:
        """Count an instance whose state was another one when it ended first."""
        self._count_ended(ti, before, -1)
        return self.ended(ti)

    def _count_ended(self, ti: TaskInstance, state: str, times: int) -> None:
        for task_id in ti.task.downstream_task_ids:
            counts = self._simple.get(task_id)
            if counts is not None:
                setattr(counts, state, getattr(counts, state) + times)

    def after(self, ti: TaskInstance) -> list[TaskInstance]:
        """The instances whose rule looks at this one."""
        followers = ti.task.downstream_task_ids
        if ti.task_id in self._after_setup:
            followers = followers | self._after_setup[ti.task_id]
        found = [self.instances[one].values() for one in sorted(followers) if one in self.instances]
        return [one for instances in found for one in instances]

    def verdict(self, ti: TaskInstance) -> Verdict:
        """What the trigger rule of the instance says now."""
        task = ti.task
        if ti.task_id in self._simple:
            return decide(task.trigger_rule, self._simple[ti.task_id])
        verdict = self._by_rule(ti)
        if not expands(task) or verdict is Verdict.UPSTREAM_FAILED:
            return verdict
        return self._by_sources(ti) or verdict

    def _by_sources(self, ti: TaskInstance) -> Verdict | None:
        """What follows from tasks it is mapped over that have ended, whatever its rule says."""
        holder = ti.task if ti.task.is_mapped else ti.task.mapped_group
        sources = sources_of(holder.expand_input)  # type: ignore[union-attr]
        found = [self.instances.get(one, {}).get(-1) for one in sources]
        states = {one.progress.state for one in found if one is not None and one.progress.finished}
        if states & {"failed", "upstream_failed"}:
            return Verdict.UPSTREAM_FAILED
        return Verdict.SKIP if "skipped" in states else None

    def _by_rule(self, ti: TaskInstance) -> Verdict:
        task = ti.task
        if not task.upstream_task_ids or task.trigger_rule in ("always", "dummy"):
            return Verdict.RUN
        waits = False
        if task.task_id in self._setups:
            verdict = RULES["all_success"](self._count(ti, self._setups[task.task_id]))
            if verdict in (Verdict.SKIP, Verdict.UPSTREAM_FAILED):
                return verdict
            waits = verdict is Verdict.WAIT
        verdict = RULES[task.trigger_rule](self._count(ti, task.upstream_task_ids))
        return Verdict.WAIT if waits and verdict is Verdict.RUN else verdict

    def _count(self, ti: TaskInstance, task_ids: Iterable[str]) -> Counts:
        counts = Counts()
        for task_id in task_ids:
            for one in self._relevant(ti, task_id):
                _add(counts, one)
        return counts

    def _relevant(self, ti: TaskInstance, task_id: str) -> Iterable[TaskInstance]:
        """The instances of an upstream that count: in one mapped group, those of one index."""
        instances = self.instances.get(task_id, {})
        upstream = self._dag.task_dict[task_id]
        if not same_mapped_group(ti.task, upstream) or self._looks_at_all(ti, task_id):
            return instances.values()
        found = (instances.get(index) for index in {-1, ti.map_index})
        return [one for one in found if one is not None]

    def _looks_at_all(self, ti: TaskInstance, task_id: str) -> bool:
        group = ti.task.mapped_group
        assert group is not None
        if group.expand_input.length(self._length_of) is None:
            return True
        if task_id in sources_of(group.expand_input):
            return False
        if scope.airflow_3:
            early = {*_EARLY, "none_failed_min_one_success"}
            return ti.map_index < 0 and ti.task.trigger_rule in early
        return ti.task.task_group is group and ti.task.trigger_rule in _EARLY


def expands(task: BaseOperator) -> bool:
    """Whether it has as many instances as the run decides."""
    return task.is_mapped or task.mapped_group is not None


def _add(counts: Counts, ti: TaskInstance) -> None:
    state, setup = ti.progress.state, ti.task.is_setup
    counts.upstream += 1
    counts.setups += setup
    if not ti.progress.finished:
        return
    setattr(counts, state, getattr(counts, state) + 1)
    counts.setups_succeeded += setup and state == "success"
    counts.setups_skipped += setup and state == "skipped"
