"""Check: the run ended in the same state."""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.parity.check import Comparison, Item, differs, same, unchecked

NAME = "run-state"


def items(comparison: Comparison) -> Iterator[Item]:
    """One item: success or failed on both sides; a run without an end has no state to compare."""
    states = comparison.airflow.run_state, comparison.flow.run_state
    if any(pair.facts.grade == "manual" for pair in comparison.matched.pairs):
        yield unchecked("run", "a task has to be converted by hand")
    elif not set(states) <= {"success", "failed"}:
        yield unchecked("run", _unended(comparison))
    elif states[0] != states[1]:
        yield differs("run", *states, reason=_told(comparison))
    else:
        yield same("run")


def _told(comparison: Comparison) -> str:
    airflow, flow = comparison.airflow, comparison.flow
    why = airflow.reason if airflow.run_state == "failed" else flow.reason
    states = f"{airflow.run_state} in Airflow, {flow.run_state} in the flow"
    return f"{states}: {why}" if why else states


def _unended(comparison: Comparison) -> str:
    sides = (("the DAG run", comparison.airflow), ("the flow run", comparison.flow))
    return "; ".join(
        f"{name} is {trace.run_state}" + (f": {trace.reason}" if trace.reason else "")
        for name, trace in sides
        if trace.run_state not in ("success", "failed")
    )
