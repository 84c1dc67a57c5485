"""When a task runs, is skipped or fails with its upstreams: one table, a pure function of counts.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#trigger-
rules; what each gives for a mix of upstream states was observed in Airflow 2.11.2 and 3.3.2
(`tests/daglight/recorded`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from daglight.scope import scope

__all__ = ["RULES", "Counts", "TriggerRule", "Verdict", "decide"]


class Verdict(str, Enum):
    """What a rule says about a task that has not run."""

    WAIT = "wait"
    RUN = "run"
    SKIP = "skip"
    UPSTREAM_FAILED = "upstream_failed"


class TriggerRule(str, Enum):
    """`airflow.utils.trigger_rule.TriggerRule`, with the names of Airflow 1.10, 2 and 3."""

    ALL_SUCCESS = "all_success"
    ALL_FAILED = "all_failed"
    ALL_DONE = "all_done"
    ALL_DONE_MIN_ONE_SUCCESS = "all_done_min_one_success"
    ALL_DONE_SETUP_SUCCESS = "all_done_setup_success"
    ONE_SUCCESS = "one_success"
    ONE_FAILED = "one_failed"
    ONE_DONE = "one_done"
    NONE_FAILED = "none_failed"
    NONE_FAILED_OR_SKIPPED = "none_failed_or_skipped"
    NONE_SKIPPED = "none_skipped"
    DUMMY = "dummy"
    ALWAYS = "always"
    NONE_FAILED_MIN_ONE_SUCCESS = "none_failed_min_one_success"
    ALL_SKIPPED = "all_skipped"

    @classmethod
    def all_triggers(cls) -> set[str]:
        """All rules."""
        return set(cls)

    @classmethod
    def is_valid(cls, trigger_rule: str) -> bool:
        """Whether there is such a rule."""
        return trigger_rule in cls.all_triggers()

    def __str__(self) -> str:
        return f"TriggerRule.{self.name}" if scope.airflow_3 else str(self.value)


@dataclass
class Counts:
    """How many direct upstreams there are and how many ended how."""

    upstream: int = 0
    success: int = 0
    failed: int = 0
    skipped: int = 0
    upstream_failed: int = 0
    #: Of those, the setups: how many there are, succeeded, were skipped.
    setups: int = 0
    setups_succeeded: int = 0
    setups_skipped: int = 0

    @property
    def bad(self) -> int:
        """Failed, or never ran because of a failure."""
        return self.failed + self.upstream_failed

    @property
    def done(self) -> bool:
        """Whether every upstream has ended."""
        return self.success + self.failed + self.skipped + self.upstream_failed >= self.upstream


def decide(rule: str, counts: Counts) -> Verdict:
    """The verdict of a rule; a task without upstreams always runs. KeyError for an unknown rule."""
    table = RULES[rule]
    return Verdict.RUN if counts.upstream == 0 else table(counts)


def _all_success(c: Counts) -> Verdict:
    if c.success >= c.upstream:
        return Verdict.RUN
    if c.bad:
        return Verdict.UPSTREAM_FAILED
    return Verdict.SKIP if c.skipped else Verdict.WAIT


def _all_failed(c: Counts) -> Verdict:
    return Verdict.SKIP if c.success or c.skipped else _run_if(c.done)


def _all_done(c: Counts) -> Verdict:
    return _run_if(c.done)


def _one_success(c: Counts) -> Verdict:
    if c.success:
        return Verdict.RUN
    if not c.done:
        return Verdict.WAIT
    return Verdict.SKIP if c.skipped == c.upstream else Verdict.UPSTREAM_FAILED


def _one_failed(c: Counts) -> Verdict:
    if c.bad:
        return Verdict.RUN
    return Verdict.SKIP if c.done else Verdict.WAIT


def _one_done(c: Counts) -> Verdict:
    if c.success or c.failed:
        return Verdict.RUN
    return Verdict.SKIP if c.done else Verdict.WAIT


def _none_failed(c: Counts) -> Verdict:
    return Verdict.UPSTREAM_FAILED if c.bad else _run_if(c.done)


def _none_failed_min_one_success(c: Counts) -> Verdict:
    if c.bad:
        return Verdict.UPSTREAM_FAILED
    if c.skipped == c.upstream:
        return Verdict.SKIP
    return _run_if(c.done)


def _none_skipped(c: Counts) -> Verdict:
    return Verdict.SKIP if c.skipped else _run_if(c.done)


def _all_skipped(c: Counts) -> Verdict:
    return Verdict.SKIP if c.success or c.bad else _run_if(c.done)


def _all_done_min_one_success(c: Counts) -> Verdict:
    if c.skipped:
        return Verdict.SKIP
    if not c.done:
        return Verdict.WAIT
    return Verdict.RUN if c.success else Verdict.UPSTREAM_FAILED


def _all_done_setup_success(c: Counts) -> Verdict:
    if not c.done:
        return Verdict.WAIT
    if c.setups and c.setups_skipped >= c.setups:
        return Verdict.SKIP
    return Verdict.UPSTREAM_FAILED if c.setups and not c.setups_succeeded else Verdict.RUN


def _always(_: Counts) -> Verdict:
    return Verdict.RUN


def _run_if(ready: bool) -> Verdict:
    return Verdict.RUN if ready else Verdict.WAIT


RULES: dict[str, Callable[[Counts], Verdict]] = {
    "all_success": _all_success,
    "all_failed": _all_failed,
    "all_done": _all_done,
    "all_done_min_one_success": _all_done_min_one_success,
    "all_done_setup_success": _all_done_setup_success,
    "one_success": _one_success,
    "one_failed": _one_failed,
    "one_done": _one_done,
    "none_failed": _none_failed,
    "none_failed_or_skipped": _none_failed_min_one_success,
    "none_failed_min_one_success": _none_failed_min_one_success,
    "none_skipped": _none_skipped,
    "all_skipped": _all_skipped,
    "always": _always,
    "dummy": _always,
}
