"""Runs a DAG: which instances may start, in rounds, until all have ended.

Rounds are how `dag.test()` of Airflow goes: every rule is asked about the states at the start of
a round, then all that may run do. Time between tries passes on a simulated clock, when nothing
else can run.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from daglight.callbacks import call_back
from daglight.context import build_context
from daglight.dag_run import DagRun, make_run
from daglight.events import Created, Ended, RunEnded, Sink
from daglight.instance import TaskInstance
from daglight.life import attempt
from daglight.scope import scope
from daglight.states import advance
from daglight.templates import Renderer
from daglight.trigger_rules import Counts, Verdict, decide
from daglight.xcom import XComs

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.operator import BaseOperator

__all__ = ["run_dag"]


def run_dag(
    dag: DAG, *, logical_date: datetime, conf: dict[str, Any], now: datetime, sink: Sink
) -> DagRun:
    """One run of the DAG for a moment; its state is `success` or `failed`."""
    run = _Run(dag, make_run(dag, logical_date, conf, now), sink)
    run.go()
    return run.record


class _Run:
    def __init__(self, dag: DAG, record: DagRun, sink: Sink) -> None:
        self.dag, self.record, self.sink = dag, record, sink
        self.renderer = Renderer(dag)
        self.xcoms = XComs()
        self.instances = record.instances
        self.counts: dict[str, Counts] = {}
        self.asked: dict[str, None] = {}
        self.retrying: dict[str, float] = {}
        self.clock = 0.0
        for task in dag.tasks:
            if _has_instance(task, record.logical_date):
                self._create(task)

    def _create(self, task: BaseOperator) -> None:
        ti = TaskInstance(task, self.record, xcoms=self.xcoms, sink=self.sink, skip=self._skip)
        self.instances[task.task_id] = ti
        self.counts[task.task_id] = Counts(upstream=len(task.upstream_task_ids))
        self.asked[task.task_id] = None
        self.sink(Created(task.task_id, task))

    def go(self) -> None:
        """Rounds until nothing can move, then the state of the run."""
        while self._round() or self._wait():
            pass
        state, reason = self._outcome()
        self.record.state = state
        self.sink(RunEnded(None, state, reason))
        self._call_back(state, reason)

    def _round(self) -> bool:
        """Ask the rules of all whose upstreams changed, run what may; whether any moved."""
        due = [task_id for task_id, at in self.retrying.items() if at <= self.clock]
        asked, self.asked = self.asked, {}
        waiting = [one for one in asked if self.instances[one].progress.state == "none"]
        verdicts = [(one, self._verdict(one)) for one in waiting]
        for task_id, verdict in verdicts:
            if verdict in (Verdict.SKIP, Verdict.UPSTREAM_FAILED):
                self._decide(task_id, "skip" if verdict is Verdict.SKIP else "upstream_fail")
        ready = [one for one, verdict in verdicts if verdict is Verdict.RUN]
        for task_id in (*due, *ready):
            self._attempt(task_id)
        return bool(asked or due)

    def _verdict(self, task_id: str) -> Verdict:
        return decide(self.instances[task_id].task.trigger_rule, self.counts[task_id])

    def _wait(self) -> bool:
        """Let the clock go to the next retry; whether there is one."""
        if not self.retrying:
            return False
        self.clock = max(self.clock, min(self.retrying.values()))
        return True

    def _attempt(self, task_id: str) -> None:
        ti = self.instances[task_id]
        self.retrying.pop(task_id, None)
        if ti.progress.finished:
            return
        if ti.progress.tries:
            self.xcoms.clear(task_id)
        progress = attempt(ti, self.renderer, self.sink)
        if progress.finished:
            self._tell_downstream(ti)
        else:
            self.retrying[task_id] = self.clock + progress.delays[-1]

    def _decide(self, task_id: str, event: str) -> None:
        """End an instance that never runs."""
        ti = self.instances[task_id]
        ti.progress = advance(ti.progress, event)
        self.retrying.pop(task_id, None)
        self.sink(Ended(task_id, ti.progress, None))
        self._tell_downstream(ti)

    def _skip(self, task_ids: Iterable[str]) -> None:
        """What a branch does to tasks that have not run."""
        for task_id in task_ids:
            ti = self.instances.get(task_id)
            if ti is not None and ti.progress.state in ("none", "up_for_retry"):
                self._decide(task_id, "skip")

    def _tell_downstream(self, ti: TaskInstance) -> None:
        for task_id in sorted(ti.task.downstream_task_ids & self.counts.keys()):
            counts = self.counts[task_id]
            setattr(counts, ti.progress.state, getattr(counts, ti.progress.state) + 1)
            self.asked[task_id] = None

    def _outcome(self) -> tuple[str, str | None]:
        """Rule: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dag-run.html#dag-run-status."""
        if any(not ti.progress.finished for ti in self.instances.values()):
            return "failed", "all_tasks_deadlocked"
        leaves = [ti for ti in self.instances.values() if not ti.task.downstream_task_ids]
        bad = any(ti.progress.state in ("failed", "upstream_failed") for ti in leaves)
        return ("failed", "task_failure") if bad else ("success", "success")

    def _call_back(self, state: str, reason: str | None) -> None:
        event = "on_success" if state == "success" else "on_failure"
        callbacks = getattr(self.dag, f"{event}_callback")
        if callbacks and self.instances:
            last = self._reported(state)
            context = {**build_context(last, self.record, version=scope.version), "reason": reason}
            call_back(callbacks, event, context, sink=self.sink, task_id=None)

    def _reported(self, state: str) -> TaskInstance:
        """The instance whose context the callbacks of the run are given."""
        instances = list(self.instances.values())
        failed = [ti for ti in instances if ti.progress.state == "failed"]
        return failed[-1] if failed and state == "failed" and scope.airflow_3 else instances[-1]


def _has_instance(task: BaseOperator, moment: datetime) -> bool:
    """A task has none before its start or after its end (observed in Airflow 2.11.2)."""
    return (task.start_date is None or task.start_date <= moment) and (
        task.end_date is None or moment <= task.end_date
    )
