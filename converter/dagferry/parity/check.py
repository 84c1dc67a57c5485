"""A check: one of the questions about a pair of runs, and its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dagferry.parity.manifest import Subject
from dagferry.parity.match import Matched, Pair, match_runs
from dagferry.parity.policy import DEFAULT, Policy
from dagferry.parity.trace import Json, Trace
from dagferry.parity.values import DIFFERENT, EQUAL, NOT_CHECKED, compare_values, conforms

ABSENT: Json = {"$type": "absent"}
NOTHING = "nothing to compare"
IGNORED = "ignored"
_SHOWN = 5


@dataclass(frozen=True)
class Files:
    """Files that each side created or changed: relative path -> sha256, None when deleted."""

    airflow: Mapping[str, str | None] = field(default_factory=dict)
    flow: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """Two runs of one subject, matched: what every check is given.

    `again`: (check, label) -> the value that a second run of the DAG gave there, if it differs.
    """

    airflow: Trace
    flow: Trace
    subject: Subject
    matched: Matched
    files: Files | None = None
    policy: Policy = DEFAULT
    again: Mapping[tuple[str, str], Json] = field(default_factory=dict)

    @classmethod
    def of(
        cls, airflow: Trace, flow: Trace, subject: Subject, files: Files | None = None
    ) -> Comparison:
        """Match two traces."""
        return cls(airflow, flow, subject, match_runs(airflow, flow, subject), files)

    def pairs(self) -> tuple[Pair, ...]:
        """The pairs that can be compared."""
        return tuple(pair for pair in self.matched.pairs if pair.excuse is None)

    def gap(self) -> str:
        """Why the two runs as wholes cannot be compared, empty when they can."""
        for name, trace in (("DAG", self.airflow), ("flow", self.flow)):
            if trace.run_state not in ("success", "failed"):
                return f"the {name} run did not come to its end"
        excuse = next((pair.excuse for pair in self.matched.pairs if pair.excuse), None)
        return f"not every task was compared ({excuse})" if excuse else ""


@dataclass(frozen=True)
class Item:
    """One thing that a check looked at."""

    label: str
    verdict: str
    airflow: Json = None
    flow: Json = None
    reason: str = ""
    leniencies: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Check:
    """The answer to one question; `airflow` and `flow` hold what differs, by label.

    `vacuous`: there was nothing to compare on either side, which is no gap in the proof.
    `leniencies`: (name, label) of each one that was used. `reasons`: why things were not compared, each once.
    """

    check: str
    verdict: str
    airflow: Json = None
    flow: Json = None
    detail: str = ""
    vacuous: bool = False
    leniencies: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape of `checks` in verify's JSON."""
        return {
            "check": self.check,
            "verdict": self.verdict,
            "airflow": self.airflow,
            "flow": self.flow,
            "detail": self.detail,
            "leniencies": [{"leniency": name, "where": where} for name, where in self.leniencies],
        }


def same(label: str, *leniencies: str) -> Item:
    """The two sides agree."""
    return Item(label, EQUAL, leniencies=frozenset(leniencies))


def ignored(label: str, leniency: str) -> Item:
    """Something that the policy leaves out; it proves nothing, so that it does not count."""
    return Item(label, IGNORED, leniencies=frozenset({leniency}))


def differs(label: str, airflow: Json, flow: Json, reason: str = "") -> Item:
    """The two sides disagree."""
    return Item(label, DIFFERENT, airflow, flow, reason)


def unchecked(label: str, reason: str) -> Item:
    """The two sides could not be compared."""
    return Item(label, NOT_CHECKED, reason=reason)


def compared(label: str, airflow: Json, flow: Json, policy: Policy) -> Item:
    """Compare two encoded values under the policy."""
    likeness = compare_values(airflow, flow, policy)
    if likeness.verdict == DIFFERENT:
        return differs(label, airflow, flow)
    return Item(label, likeness.verdict, None, None, likeness.reason, likeness.leniencies)


def conclude(check: str, items: Iterable[Item], comparison: Comparison, doubt: str) -> Check:
    """One verdict from all that was looked at; with a `doubt` nothing may be called equal."""
    found = [_steady(check, item, comparison) for item in items]
    count = sum(item.verdict != IGNORED for item in found)
    wrong = [item for item in found if item.verdict == DIFFERENT]
    open_ = [item for item in found if item.verdict == NOT_CHECKED]
    used = tuple(sorted((name, item.label) for item in found for name in item.leniencies))
    if wrong:
        return Check(
            check,
            DIFFERENT,
            {item.label: item.airflow for item in wrong},
            {item.label: item.flow for item in wrong},
            _listed([_told(item) for item in wrong], count),
            leniencies=used,
        )
    if open_ or doubt:
        reasons = [f"{item.label}: {item.reason}" for item in open_] or [doubt]
        why = tuple(dict.fromkeys(item.reason for item in open_)) or (doubt,)
        detail = _listed(reasons, count)
        return Check(check, NOT_CHECKED, detail=detail, leniencies=used, reasons=why)
    if not any(item.verdict == EQUAL for item in found):
        return Check(check, NOT_CHECKED, detail=NOTHING, vacuous=True, leniencies=used)
    return Check(check, EQUAL, detail=f"{count} compared", leniencies=used)


def _steady(check: str, item: Item, comparison: Comparison) -> Item:
    """What two runs of the DAG itself do not agree on proves nothing about the flow."""
    key = (check, item.label)
    if item.verdict != DIFFERENT or key not in comparison.again:
        return item
    if conforms(item.flow, item.airflow, comparison.again[key], comparison.policy):
        reason = "not reproducible: two runs of the DAG differ here as well"
        return replace(item, verdict=NOT_CHECKED, airflow=None, flow=None, reason=reason)
    return item


def _told(item: Item) -> str:
    return f"{item.label}: {item.reason}" if item.reason else item.label


def _listed(texts: list[str], of: int) -> str:
    shown = "; ".join(texts[:_SHOWN])
    rest = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return f"{shown}{rest} ({of} looked at)"
