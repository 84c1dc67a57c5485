"""Two traces of one subject compared by all checks, and the verdict on the DAG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dagferry.parity.check import Check, Comparison, Files, conclude
from dagferry.parity.checks import CHECKS
from dagferry.parity.trace import Trace
from dagferry.parity.unstable import unstable
from dagferry.parity.values import DIFFERENT, NOT_CHECKED

INCOMPLETE = "incomplete"


def compare_runs(comparison: Comparison) -> tuple[Check, ...]:
    """All checks, in order; a run that did nothing is compared with nothing."""
    if not comparison.airflow.tasks:
        return unmade("the DAG run has no task instance at all")
    doubt = _doubt(comparison)
    return tuple(
        conclude(name, items(comparison), comparison, doubt) for name, items in CHECKS.items()
    )


def unmade(reason: str) -> tuple[Check, ...]:
    """All checks, none of which could be made."""
    return tuple(Check(name, NOT_CHECKED, detail=reason, reasons=(reason,)) for name in CHECKS)


def verdict(checks: Sequence[Check]) -> str:
    """`different` when anything is; else `incomplete` when a possible check was not made."""
    if any(check.verdict == DIFFERENT for check in checks):
        return DIFFERENT
    missing = any(check.verdict == NOT_CHECKED and not check.vacuous for check in checks)
    return INCOMPLETE if missing or all(check.vacuous for check in checks) else "equal"


def settle(comparison: Comparison, again: Trace, files: Files) -> Comparison:
    """The comparison with what a second run of the DAG shows to be different every time.

    `files`: what the first (`airflow`) and the second (`flow`) run of the DAG left behind.
    """
    return replace(comparison, again=unstable(comparison.airflow, again, files))


def _doubt(comparison: Comparison) -> str:
    """A reason why no check may say equal, empty when there is none."""
    if not any(task.tries for task in comparison.airflow.tasks):
        return "the DAG run did nothing: no task came to run"
    return comparison.gap()
