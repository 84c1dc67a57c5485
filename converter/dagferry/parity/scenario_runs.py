"""Runs both sides of a DAG in its scenarios and compares them as the plain runs are compared."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dagferry.parity.check import Check
from dagferry.parity.compare import unmade, verdict
from dagferry.parity.options import VerifyOptions
from dagferry.parity.scenarios import Scenario, chosen
from dagferry.parity.scratch import WORK
from dagferry.parity.trace import Trace
from dagferry.parity.values import DIFFERENT

#: How the reason begins when the DAG itself did not run.
NO_DAG = "the DAG could not be run"
#: Runs both sides with some options: the checks, or the reason why there are none.
Compared = Callable[[VerifyOptions], "tuple[Check, ...] | str"]


@dataclass(frozen=True)
class ScenarioReport:
    """The checks of one scenario; `reason` when they could not be made."""

    name: str
    checks: tuple[Check, ...]
    reason: str | None = None

    @property
    def verdict(self) -> str:
        """`equal`, `different` or `incomplete`."""
        return verdict(self.checks)

    def to_json(self) -> dict[str, Any]:
        """One entry of `scenarios`."""
        return {
            "scenario": self.name,
            "verdict": self.verdict,
            "reason": self.reason,
            "checks": [check.to_json() for check in self.checks],
        }


@dataclass(frozen=True)
class ScenarioReports:
    """What was found in the scenarios that were run, and how many of how many there are.

    `reason`: why none was run, where there are some. `left_out` are those, with their reasons, in which
    the DAG itself did not run: there is nothing to compare with.
    """

    reports: tuple[ScenarioReport, ...] = ()
    possible: int = 0
    reason: str | None = None
    left_out: tuple[ScenarioReport, ...] = ()


def run_scenarios(plain: Trace, options: VerifyOptions, compared: Compared) -> ScenarioReports:
    """Run the scenarios that the options ask for, one after the other."""
    scenarios, possible = chosen(plain, options.scenarios)
    dated = replace(options, logical_date=plain.logical_date, save_traces=None, schedule=False)
    ran: list[ScenarioReport] = []
    left_out: list[ScenarioReport] = []
    for one in scenarios:
        report = _loaded(one, dated, compared)
        (left_out if _takes_none(one, report) else ran).append(report)
        if options.stop_early and report.verdict == DIFFERENT:
            break
    return ScenarioReports(tuple(ran), possible, left_out=tuple(left_out))


def _loaded(scenario: Scenario, options: VerifyOptions, compared: Compared) -> ScenarioReport:
    """The report, with settings that the DAG takes, if there are some."""
    report = _report(scenario, options, compared)
    if scenario.instead is None or not _takes_none(scenario, report):
        return report
    return _loaded(scenario.instead, options, compared)


def _takes_none(scenario: Scenario, report: ScenarioReport) -> bool:
    """Whether the DAG itself did not run with the settings that the scenario gives."""
    return scenario.gives and (report.reason or "").startswith(NO_DAG)


def _report(scenario: Scenario, options: VerifyOptions, compared: Compared) -> ScenarioReport:
    with tempfile.TemporaryDirectory(prefix=WORK) as folder:
        found = compared(_applied(scenario, options, Path(folder)))
    if isinstance(found, str):
        return ScenarioReport(scenario.name, unmade(found), found)
    return ScenarioReport(scenario.name, found)


def _applied(scenario: Scenario, options: VerifyOptions, folder: Path) -> VerifyOptions:
    variables = options.variables
    if scenario.variables:
        given = json.loads(variables.read_text("utf-8")) if variables else {}
        variables = folder / "variables.json"
        variables.write_text(json.dumps({**given, **scenario.variables}), "utf-8")
    return replace(
        options,
        inject=scenario.injections,
        variables=variables,
        environment={**options.environment, **scenario.environment},
    )
