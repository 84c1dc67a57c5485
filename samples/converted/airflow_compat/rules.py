"""Trigger rules: run, skip or give up, as a function of how the upstreams ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

__all__ = ["Upstream", "decide"]

SUCCESS = "success"
FAILED = "failed"
SKIPPED = "skipped"
UPSTREAM_FAILED = "upstream_failed"
RUN = "run"


class Upstream(NamedTuple):
    """One direct upstream of a node: its outcome, None while it has none.

    `round` is the one in which it ended, or the first in which it can: `_first_verdict`.
    """

    outcome: str | None
    round: int = 0
    setup: bool = False


class _Counts:
    """How many upstreams ended how."""

    def __init__(self, upstreams: Iterable[Upstream]) -> None:
        self.upstreams = list(upstreams)
        outcomes = Counter(upstream.outcome for upstream in self.upstreams)
        self.success = outcomes[SUCCESS]
        self.failed = outcomes[FAILED]
        self.skipped = outcomes[SKIPPED]
        self.bad = outcomes[FAILED] + outcomes[UPSTREAM_FAILED]
        self.total = len(self.upstreams)
        self.done = outcomes[None] == 0

    def finally_(self, verdict: str) -> str | None:
        """`verdict` once every upstream has ended, and until then: wait."""
        return verdict if self.done else None


def _first_verdict(c: _Counts) -> str | None:
    """`all_success`: the first failure or skip decides, without waiting for the rest.

    Airflow looks again whenever tasks have ended. Which of two ends it sees first is
    settled here by rounds, so that a run always gives the same answer; in one round a
    failure weighs more than a skip.
    """
    ends = [up for up in c.upstreams if up.outcome not in (None, SUCCESS)]
    if not ends:
        return c.finally_(RUN)
    first = min(up.round for up in ends)
    if any(up.outcome is None and up.round <= first for up in c.upstreams):
        return None
    bad = any(up.outcome != SKIPPED for up in ends if up.round == first)
    return UPSTREAM_FAILED if bad else SKIPPED


def _after_setups(c: _Counts) -> str | None:
    """`all_done_setup_success`: if there were setups, one of them must have worked."""
    setups = _Counts(up for up in c.upstreams if up.setup)
    if setups.total == 0 or setups.success:
        return c.finally_(RUN)
    return c.finally_(SKIPPED if setups.skipped == setups.total else UPSTREAM_FAILED)


RULES: dict[str, Callable[[_Counts], str | None]] = {
    "all_success": _first_verdict,
    "all_failed": lambda c: SKIPPED if c.success or c.skipped else c.finally_(RUN),
    "all_done": lambda c: c.finally_(RUN),
    "all_done_min_one_success": lambda c: (
        SKIPPED if c.skipped else c.finally_(RUN if c.success else UPSTREAM_FAILED)
    ),
    "all_done_setup_success": _after_setups,
    "all_skipped": lambda c: SKIPPED if c.success or c.bad else c.finally_(RUN),
    "one_success": lambda c: (
        RUN if c.success else c.finally_(UPSTREAM_FAILED if c.bad else SKIPPED)
    ),
    "one_failed": lambda c: RUN if c.bad else c.finally_(SKIPPED),
    "one_done": lambda c: RUN if c.success or c.failed else c.finally_(SKIPPED),
    "none_failed": lambda c: UPSTREAM_FAILED if c.bad else c.finally_(RUN),
    "none_failed_min_one_success": lambda c: (
        UPSTREAM_FAILED if c.bad else c.finally_(RUN if c.success else SKIPPED)
    ),
    "none_skipped": lambda c: SKIPPED if c.skipped else c.finally_(RUN),
    "always": lambda _: RUN,
}
_BAD = frozenset({FAILED, UPSTREAM_FAILED})
# Rule and verdict -> the outcomes of which one, upstream, is enough for it.
ENOUGH: dict[tuple[str, str], frozenset[str]] = {
    ("all_success", SKIPPED): frozenset({SKIPPED}),
    ("all_success", UPSTREAM_FAILED): _BAD,
    ("all_failed", SKIPPED): frozenset({SUCCESS, SKIPPED}),
    ("all_done_min_one_success", SKIPPED): frozenset({SKIPPED}),
    ("all_skipped", SKIPPED): _BAD | {SUCCESS},
    ("one_success", RUN): frozenset({SUCCESS}),
    ("one_failed", RUN): _BAD,
    ("one_done", RUN): frozenset({SUCCESS, FAILED}),
    ("none_failed", UPSTREAM_FAILED): _BAD,
    ("none_failed_min_one_success", UPSTREAM_FAILED): _BAD,
    ("none_failed_or_skipped", UPSTREAM_FAILED): _BAD,
    ("none_skipped", SKIPPED): frozenset({SKIPPED}),
    ("always", RUN): frozenset(),
    ("dummy", RUN): frozenset(),
}
# The names that Airflow 2 still takes and Airflow 3 removed.
RULES["dummy"] = RULES["always"]
RULES["none_failed_or_skipped"] = RULES["none_failed_min_one_success"]


def decide(rule: str, upstreams: Iterable[Upstream]) -> str | None:
    """What becomes of a task: "run", "skipped", "upstream_failed", or None: wait.

    The rules of Airflow's `TriggerRuleDep`; a task without upstreams runs.
    https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#trigger-rules
    """
    counts = _Counts(upstreams)
    return RUN if counts.total == 0 else RULES[rule](counts)
