"""The states of a task instance and the one table of how they change.

States: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html#task-
instances
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FINISHED", "TRANSITIONS", "Progress", "State", "advance"]


class State:
    """`airflow.utils.state.State`: the names, as text."""

    NONE = None
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"
    SKIPPED = "skipped"
    UPSTREAM_FAILED = "upstream_failed"
    UP_FOR_RETRY = "up_for_retry"
    UP_FOR_RESCHEDULE = "up_for_reschedule"
    REMOVED = "removed"
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    DEFERRED = "deferred"


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
    tries = progress.tries + begins
    delays = progress.delays if delay is None else (*progress.delays, delay)
    return Progress(state, tries, delays)
