"""The states of a task instance and the one table of how they change.

States: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html#task-
instances
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from daglight.scope import scope

__all__ = [
    "FINISHED",
    "TRANSITIONS",
    "DagRunState",
    "DagRunType",
    "Progress",
    "State",
    "TaskInstanceState",
    "advance",
]


class _Word(str, Enum):
    """A state that is equal to its name, and shows as it."""

    def __str__(self) -> str:
        return str(self.value)


class TaskInstanceState(_Word):
    """`airflow.utils.state.TaskInstanceState`, with `shutdown` of Airflow 2 and `awaiting_input` of 3."""

    REMOVED = "removed"
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    RUNNING = "running"
    SUCCESS = "success"
    RESTARTING = "restarting"
    FAILED = "failed"
    UP_FOR_RETRY = "up_for_retry"
    UP_FOR_RESCHEDULE = "up_for_reschedule"
    UPSTREAM_FAILED = "upstream_failed"
    SKIPPED = "skipped"
    DEFERRED = "deferred"
    SHUTDOWN = "shutdown"
    AWAITING_INPUT = "awaiting_input"


class DagRunState(_Word):
    """`airflow.utils.state.DagRunState`."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"


class DagRunType(str, Enum):
    """How a run came about; as text it looks the way the emulated version shows it."""

    BACKFILL_JOB = "backfill"
    SCHEDULED = "scheduled"
    MANUAL = "manual"
    DATASET_TRIGGERED = "dataset_triggered"
    OPERATOR_TRIGGERED = "operator_triggered"
    ASSET_TRIGGERED = "asset_triggered"
    ASSET_MATERIALIZATION = "asset_materialization"

    def __str__(self) -> str:
        return f"DagRunType.{self.name}" if scope.airflow_3 else str(self.value)


class State:
    """`airflow.utils.state.State`: the states of tasks, and sets of them."""

    NONE = None
    REMOVED = TaskInstanceState.REMOVED
    SCHEDULED = TaskInstanceState.SCHEDULED
    QUEUED = TaskInstanceState.QUEUED
    RUNNING = TaskInstanceState.RUNNING
    SUCCESS = TaskInstanceState.SUCCESS
    RESTARTING = TaskInstanceState.RESTARTING
    FAILED = TaskInstanceState.FAILED
    UP_FOR_RETRY = TaskInstanceState.UP_FOR_RETRY
    UP_FOR_RESCHEDULE = TaskInstanceState.UP_FOR_RESCHEDULE
    UPSTREAM_FAILED = TaskInstanceState.UPSTREAM_FAILED
    SKIPPED = TaskInstanceState.SKIPPED
    DEFERRED = TaskInstanceState.DEFERRED
    finished = frozenset((SUCCESS, FAILED, SKIPPED, UPSTREAM_FAILED, REMOVED))
    unfinished = frozenset(
        (
            None,
            SCHEDULED,
            QUEUED,
            RUNNING,
            RESTARTING,
            UP_FOR_RETRY,
            UP_FOR_RESCHEDULE,
            DEFERRED,
        )
    )
    failed_states = frozenset((FAILED, UPSTREAM_FAILED))
    success_states = frozenset((SUCCESS, SKIPPED))
    finished_dr_states = frozenset((DagRunState.SUCCESS, DagRunState.FAILED))
    unfinished_dr_states = frozenset((DagRunState.QUEUED, DagRunState.RUNNING))


FINISHED = frozenset({"success", "failed", "skipped", "upstream_failed"})

#: (state, event) -> state. An instance skips itself while running; a branch what has not begun, and
#: even what has ended (`engine`).
TRANSITIONS: dict[tuple[str, str], str] = {
    ("none", "start"): "running",
    ("none", "skip"): "skipped",
    ("none", "upstream_fail"): "upstream_failed",
    ("running", "succeed"): "success",
    ("running", "fail"): "failed",
    ("running", "skip"): "skipped",
    ("running", "retry"): "up_for_retry",
    ("running", "reschedule"): "up_for_reschedule",
    ("up_for_reschedule", "start"): "running",
    ("up_for_reschedule", "skip"): "skipped",
    ("up_for_retry", "start"): "running",
    ("up_for_retry", "skip"): "skipped",
    ("upstream_failed", "skip"): "skipped",
    ("success", "skip"): "skipped",
    ("failed", "skip"): "skipped",
    ("skipped", "skip"): "skipped",
}


class Progress(NamedTuple):
    """How far one task instance is: its state, the tries begun, the delays asked for (seconds)."""

    state: str = "none"
    tries: int = 0
    delays: tuple[float, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in FINISHED


def advance(progress: Progress, event: str, *, delay: float | None = None) -> Progress:
    """The progress after an event; KeyError when the event can not happen in that state."""
    state = TRANSITIONS[progress.state, event]
    begins = event == "start" and progress.state != "up_for_reschedule"
    delays = progress.delays if delay is None else (*progress.delays, delay)
    return Progress(state, progress.tries + begins, delays)
