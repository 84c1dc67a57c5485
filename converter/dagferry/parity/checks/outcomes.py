"""Check: every task instance has the same outcome, and nothing else ran.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html#task-instances
"""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.parity.check import ABSENT, Comparison, Item, differs, same, unchecked
from dagferry.parity.match import Pair, label

NAME = "outcomes"


def items(comparison: Comparison) -> Iterator[Item]:
    """One item for each task instance, one for each run that belongs to none."""
    raised = comparison.flow.run_state == "failed"
    for pair in comparison.matched.pairs:
        if pair.excuse is not None:
            yield unchecked(pair.label, pair.excuse)
        elif pair.recorded:
            yield unchecked(pair.label, "the call was recorded: outside of verify the task raises")
        elif pair.flow is None:
            yield _uncalled(pair, raised)
        else:
            yield _outcome(pair.label, pair.airflow.outcome, pair.flow.outcome)
    for run in comparison.matched.extra:
        reason = "the flow runs a task that the DAG run does not have"
        if comparison.airflow.run_state == "incomplete":
            yield unchecked(label(run), "the DAG run did not come to its end")
        else:
            yield differs(_extra_label(comparison, label(run)), ABSENT, run.outcome, reason)


def _outcome(name: str, airflow: str, flow: str) -> Item:
    if airflow == flow != "removed":
        return same(name)
    return differs(name, airflow, flow, f"{airflow} in Airflow, {flow} in the flow")


def _uncalled(pair: Pair, raised: bool) -> Item:
    """A flow may leave out what Airflow skipped, and what waits behind its own failure."""
    outcome = pair.airflow.outcome
    if outcome in ("skipped", "removed") or (outcome == "upstream_failed" and raised):
        return same(pair.label, "not called")
    return differs(pair.label, outcome, ABSENT, f"{outcome} in Airflow, never called in the flow")


def _extra_label(comparison: Comparison, name: str) -> str:
    taken = {pair.label for pair in comparison.matched.pairs}
    return f"{name} (again)" if name in taken else name
