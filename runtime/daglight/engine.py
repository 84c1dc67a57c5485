"""Runs a DAG: which instances may start, in rounds, until all have ended.

Rounds are how `dag.test()` of Airflow goes: every rule is asked about the states at the start of
a round, then all that may run do. Time between tries passes on a simulated clock, when nothing
else can run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from daglight.callbacks import call_back
from daglight.context import build_context
from daglight.dag_run import DagRun, make_run, named_state
from daglight.events import Created, Ended, Expanded, RunEnded, Sink
from daglight.expansion import Lengths
from daglight.instance import RuntimeTaskInstance, TaskInstance
from daglight.life import attempt
from daglight.params import refuse_params
from daglight.scope import scope
from daglight.setup_teardown import run_leaves
from daglight.states import FINISHED, advance
from daglight.templates import Renderer
from daglight.trigger_rules import Verdict
from daglight.upstreams import Upstreams, expands
from daglight.xcom import XComs

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.operator import BaseOperator

__all__ = ["run_dag"]

_Key: TypeAlias = "tuple[str, int]"
_WAIT, _RUN, _SKIP = Verdict.WAIT, Verdict.RUN, Verdict.SKIP
_OPEN = frozenset(("none", "up_for_retry", "up_for_reschedule"))
#: What a branch skips although it has ended (observed in Airflow 2.11.2 and 3.3.2).
_OVERWRITTEN_2 = frozenset(("upstream_failed", "success", "failed"))
_OVERWRITTEN_3 = frozenset(("upstream_failed",))


def run_dag(
    dag: DAG, *, logical_date: datetime, conf: dict[str, Any], now: datetime, sink: Sink
) -> DagRun:
    """One run of the DAG for a moment; its state is `success` or `failed`."""
    refuse_params(dag, conf)
    run = _Run(dag, make_run(dag, logical_date, conf, now), sink)
    run.go()
    return run.record


class _Run:
    def __init__(self, dag: DAG, record: DagRun, sink: Sink) -> None:
        self.dag, self.record, self.sink = dag, record, sink
        self.renderer = Renderer(dag)
        self.xcoms = XComs()
        self.instances = record.instances
        by_task: dict[str, dict[int, TaskInstance]] = {}
        self.lengths = Lengths(self.xcoms, by_task)
        self.upstreams = Upstreams(dag, by_task, self.lengths.of_value)
        self.asked: dict[_Key, None] = {}
        #: When the clock says so, these run again.
        self.sleeping: dict[_Key, float] = {}
        #: What is still to run in this round.
        self.running: set[TaskInstance] = set()
        #: Task id and map index that a branch skipped before there was such an instance.
        self.skipped_ahead: set[_Key] = set()
        for task in dag.tasks:
            if _has_instance(task, record.logical_date):
                length = self.lengths.literal(task)
                for map_index in range(length or 0) or (-1,):
                    self._create(task, map_index, length)

    def _create(self, task: BaseOperator, map_index: int, length: int | None) -> TaskInstance:
        ti = (RuntimeTaskInstance if scope.airflow_3 else TaskInstance)(
            task,
            self.record,
            xcoms=self.xcoms,
            sink=self.sink,
            skip=self._skip,
            map_index=map_index,
            mapped_length=length,
        )
        self.instances[ti.place] = ti
        self.upstreams.created(ti)
        self.asked[ti.place] = None
        self.sink(Created(ti.task_id, task, map_index))
        return ti

    def go(self) -> None:
        """Rounds until nothing can move, then the state of the run."""
        while self._round() or self._wait():
            pass
        state, reason = self._outcome()
        self.record.state = named_state(state)
        self.sink(RunEnded(None, state, reason))
        self._call_back(state, reason)

    def _round(self) -> bool:
        """Ask the rules of all whose upstreams changed, run what may; whether any moved."""
        now = self.record.clock.elapsed
        due = [key for key, at in self.sleeping.items() if at <= now] if self.sleeping else []
        asked, self.asked = self.asked, {}
        chosen = [self.instances[key] for key in due]
        for ti, verdict in self._verdicts(asked):
            if verdict is _RUN:
                chosen.append(ti)
            else:
                self._decide(ti, "skip" if verdict is _SKIP else "upstream_fail")
        self.running = set(chosen)
        for ti in chosen:
            self.running.discard(ti)
            self._attempt(ti)
        return bool(asked or due)

    def _verdicts(self, asked: Iterable[_Key]) -> list[tuple[TaskInstance, Verdict]]:
        """The rules that decide. Instances that a mapping makes are asked in the same round."""
        decided: list[tuple[TaskInstance, Verdict]] = []
        expanding: list[TaskInstance] = []
        for ti in map(self.instances.get, asked):
            if ti is None or ti.progress.state != "none":
                continue
            verdict = self.upstreams.verdict(ti)
            if verdict is _RUN and ti.map_index < 0 and expands(ti.task):
                expanding.append(ti)
            elif verdict is not _WAIT:
                decided.append((ti, verdict))
        created = [made for ti in expanding for made in self._expand(ti)]
        first = [(made, self.upstreams.verdict(made)) for made in created]
        return [*decided, *(one for one in first if one[1] is not _WAIT)]

    def _wait(self) -> bool:
        """Let the clock go to the next retry or poke; whether there is one."""
        if not self.sleeping:
            return False
        self.record.clock.advance_to(min(self.sleeping.values()))
        return True

    def _expand(self, ti: TaskInstance) -> Iterator[TaskInstance]:
        """Replace the instance that stands for all; without elements it is skipped."""
        length = self.lengths.of_task(ti.task)
        if not length:
            self._decide(ti, "upstream_fail" if length is None else "skip")
            return
        del self.instances[ti.task_id, -1]
        del self.upstreams.instances[ti.task_id][-1]
        self.sink(Expanded(ti.task_id))
        for map_index in range(length):
            made = self._create(ti.task, map_index, length)
            if (ti.task_id, map_index) in self.skipped_ahead:
                self._decide(made, "skip")
            else:
                del self.asked[ti.task_id, map_index]
                yield made
        self._ask(self.upstreams.after(ti))

    def _attempt(self, ti: TaskInstance) -> None:
        key = ti.place
        self.sleeping.pop(key, None)
        if ti.progress.state in FINISHED:
            return
        if ti.progress.tries:
            self.xcoms.clear(*key)
        progress = attempt(ti, self.renderer, self.sink)
        if progress.state in FINISHED:
            self._ask(self.upstreams.ended(ti))
            if progress.state == "failed" and self.dag.fails_fast:
                self._stop_rest(ti)
        elif progress.state == "up_for_reschedule":
            self.sleeping[key] = self.record.clock.elapsed + ti.wait
        else:
            self.sleeping[key] = self.record.clock.elapsed + progress.delays[-1]

    def _decide(self, ti: TaskInstance, event: str) -> None:
        """End an instance that never runs."""
        ti.progress = advance(ti.progress, event)
        self.sleeping.pop(ti.place, None)
        self.sink(Ended(ti.task_id, ti.progress, None, map_index=ti.map_index))
        self._ask(self.upstreams.ended(ti))

    def _decide_again(self, ti: TaskInstance) -> None:
        """Skip an instance that had ended; what was decided after it stays."""
        before = ti.progress.state
        ti.progress = advance(ti.progress, "skip")
        self.sink(Ended(ti.task_id, ti.progress, None, map_index=ti.map_index))
        self._ask(self.upstreams.ended_again(ti, before))

    def _ask(self, instances: Iterable[TaskInstance]) -> None:
        for ti in instances:
            self.asked[ti.place] = None

    def _skip(self, by: TaskInstance, task_ids: Iterable[str], same_index: bool) -> None:
        """What a branch does to tasks that have not run, and to some that have ended."""
        for task_id in task_ids:
            found = self.upstreams.instances.get(task_id, {})
            if same_index:
                self.skipped_ahead.add((task_id, by.map_index))
                found = {one: ti for one, ti in found.items() if one == by.map_index}
            for ti in list(found.values()):
                if ti.progress.state in _OPEN:
                    self._decide(ti, "skip")
                elif _overwritten(ti):
                    self._decide_again(ti)

    def _stop_rest(self, failed: TaskInstance) -> None:
        """With `fail_stop` or `fail_fast`: skip what has not run, but what runs in this round."""
        for ti in list(self.instances.values()):
            if ti.task_id == failed.task_id or ti.task.is_teardown or ti in self.running:
                continue
            if ti.progress.state in _OPEN:
                self._decide(ti, "skip")
            elif ti.progress.state == "upstream_failed":
                self._decide_again(ti)

    def _outcome(self) -> tuple[str, str | None]:
        """Rule: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dag-run.html#dag-run-status."""
        if any(not ti.progress.finished for ti in self.instances.values()):
            return "failed", "all_tasks_deadlocked"
        leaves = run_leaves(self.dag.tasks)
        bad = any(
            ti.progress.state in ("failed", "upstream_failed")
            for ti in self.instances.values()
            if ti.task_id in leaves
        )
        return ("failed", "task_failure") if bad else ("success", "success")

    def _call_back(self, state: str, reason: str | None) -> None:
        event = "on_success" if state == "success" else "on_failure"
        callbacks = getattr(self.dag, f"{event}_callback")
        if callbacks and self.instances:
            last = self._reported(state)
            context = {**build_context(last, self.record), "reason": reason}
            call_back(callbacks, event, context, sink=self.sink, task_id=None)

    def _reported(self, state: str) -> TaskInstance:
        """The instance whose context the callbacks of the run are given."""
        instances = list(self.instances.values())
        failed = [ti for ti in instances if ti.progress.state == "failed"]
        return failed[-1] if failed and state == "failed" and scope.airflow_3 else instances[-1]


def _overwritten(ti: TaskInstance) -> bool:
    """Whether a branch skips an instance that has ended."""
    if scope.airflow_3:
        # It asks for the instance without an index; those with one are skipped when next looked at.
        return ti.map_index < 0 and ti.progress.state in _OVERWRITTEN_3
    return ti.progress.state in _OVERWRITTEN_2


def _has_instance(task: BaseOperator, moment: datetime) -> bool:
    """A task has none before its start or after its end (observed in Airflow 2.11.2)."""
    return (task.start_date is None or task.start_date <= moment) and (
        task.end_date is None or moment <= task.end_date
    )
