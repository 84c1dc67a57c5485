"""The lines that say what `verify` has compared, and what differs in which scenario."""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.cli._plural import counted
from dagferry.cli._screen import Line
from dagferry.parity import Check, DagReport
from dagferry.parity.compare import INCOMPLETE
from dagferry.parity.scenario_runs import ScenarioReport
from dagferry.parity.values import DIFFERENT, EQUAL, NOT_CHECKED

STYLES = {"equal": "green", DIFFERENT: "red", INCOMPLETE: "yellow"}


def proof(dag: DagReport) -> str:
    """What was compared, in a few words: scenarios and checks; empty where nothing was equal."""
    made = sum(check.verdict == EQUAL for check in dag.checks)
    if not made:
        return ""
    ran, possible = len(dag.scenarios.reports), dag.scenarios.possible
    if not possible:
        return counted(made, "check")
    scenarios = f"{ran} of {possible} scenarios" if ran < possible else counted(ran, "scenario")
    return f"{scenarios}, {counted(made, 'check')}"


def scenario_lines(scenario: ScenarioReport, verbose: bool) -> Iterator[Line]:
    """A scenario that is not equal with the checks that say so, or why they were not made."""
    if scenario.verdict == EQUAL and not verbose:
        return
    yield Line(f"    when {scenario.name}: {scenario.verdict}", STYLES.get(scenario.verdict, ""))
    if scenario.reason:
        yield Line(f"      {scenario.reason}")
        return
    for check in scenario.checks:
        if check.verdict == DIFFERENT or (check.verdict == NOT_CHECKED and not check.vacuous):
            yield check_line(check, "      ")


def check_line(check: Check, indent: str = "    ") -> Line:
    """One check with its verdict and what it looked at."""
    text = f"{indent}{check.check:<12} {check.verdict:<12} {check.detail or ''}".rstrip()
    return Line(text, "red" if check.verdict == DIFFERENT else "")
