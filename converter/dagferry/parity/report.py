"""What verify found, for every DAG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dagferry.parity.check import Check
from dagferry.parity.compare import INCOMPLETE, unmade, verdict
from dagferry.parity.policy import DEFAULT, LENIENCIES, Policy
from dagferry.parity.scenario_runs import ScenarioReports
from dagferry.parity.values import DIFFERENT, EQUAL

VERSION = 1


@dataclass(frozen=True)
class DagReport:
    """The checks of one DAG; `reason` when they could not be made, `notes` for the reader.

    `fault`: the reason is a fault of dagferry's own. `answered`: the calls that stubs
    answered, as `calls_answered` gives them; None where that is not known.
    """

    dag_id: str
    path: str
    checks: tuple[Check, ...]
    reason: str | None = None
    notes: tuple[str, ...] = ()
    logical_date: str | None = None
    fault: bool = False
    answered: frozenset[tuple[str, ...]] | None = None
    scenarios: ScenarioReports = field(default_factory=ScenarioReports)

    @classmethod
    def failed(cls, dag_id: str, path: str, reason: str, *, fault: bool = False) -> DagReport:
        """A DAG of which nothing could be checked."""
        return cls(dag_id, path, unmade(reason), reason, fault=fault)

    def check(self, name: str) -> Check:
        """The check of that name, of the plain run."""
        return next(check for check in self.checks if check.check == name)

    @property
    def verdict(self) -> str:
        """`equal`, `different` or `incomplete`."""
        found = {verdict(self.checks), *(one.verdict for one in self.scenarios.reports)}
        return next(name for name in (DIFFERENT, INCOMPLETE, EQUAL) if name in found)

    def to_json(self) -> dict[str, Any]:
        """One entry of `dags`."""
        return {
            "dag_id": self.dag_id,
            "path": self.path,
            "verdict": self.verdict,
            "reason": self.reason,
            "notes": list(self.notes),
            "logical_date": self.logical_date,
            "checks": [check.to_json() for check in self.checks],
            "scenarios": [one.to_json() for one in self.scenarios.reports],
            "scenarios_possible": self.scenarios.possible,
            "scenarios_reason": self.scenarios.reason,
            "scenarios_left_out": [
                {"scenario": one.name, "reason": one.reason} for one in self.scenarios.left_out
            ],
        }


def why_incomplete(dag: DagReport) -> str:
    """One line: why outcomes were not compared, or else what most of the checks say that were not made."""
    open_ = [one for one in dag.scenarios.reports if one.verdict == INCOMPLETE]
    if verdict(dag.checks) == EQUAL and open_:
        return f"{len(open_)} of {len(dag.scenarios.reports)} scenarios not compared"
    reasons = Counter(reason for check in dag.checks for reason in check.reasons)
    first = [r for check in dag.checks if check.check == "outcomes" for r in check.reasons]
    first += [reason for reason, _ in reasons.most_common(1)]
    lacking = sum(bool(check.reasons) for check in dag.checks)
    said = dag.reason or (first[0] if first else "nothing was compared")
    others = sum(said not in reason for reason in reasons)
    more = f" (and {others} more: -v)" if others else ""
    made = "" if lacking == len(dag.checks) else f"{lacking} of {len(dag.checks)} checks not made: "
    return f"{made}{said}{more}"


@dataclass(frozen=True)
class VerifyReport:
    """All DAGs of one batch, in the order of the manifest; `notes` on what all were given."""

    engines: Mapping[str, str]
    dags: tuple[DagReport, ...]
    policy: Policy = field(default=DEFAULT)
    notes: tuple[str, ...] = ()

    @property
    def totals(self) -> dict[str, int]:
        """How many DAGs have which verdict."""
        counts = Counter(dag.verdict for dag in self.dags)
        return {name: counts[name] for name in ("equal", "different", INCOMPLETE)}

    @property
    def exit_code(self) -> int:
        """0 all equal, 1 something differs, 2 a fault of ours, 3 something was not checked."""
        if any(dag.fault for dag in self.dags):
            return 2
        if self.totals["different"]:
            return 1
        return 3 if self.totals[INCOMPLETE] or not self.dags else 0

    def to_json(self) -> dict[str, Any]:
        """The document that `dagferry verify --format json` prints."""
        used = {name for dag in self.dags for check in dag.checks for name, _ in check.leniencies}
        return {
            "version": VERSION,
            "engines": dict(self.engines),
            "notes": list(self.notes),
            "policy": self.policy.to_json(),
            "leniencies": {name: LENIENCIES[name] for name in sorted(used)},
            "dags": [dag.to_json() for dag in self.dags],
            "totals": self.totals,
        }
