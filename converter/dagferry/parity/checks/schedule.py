"""Check 10: the deployment starts the flow when Airflow would, for the same intervals and no more often.

Each side's engine says it by its own rules, in windows of ten runs that lie in winter, in summer and
over changes of the clock. What the conversion has named as lost is not checked, and so never equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dagferry.parity.check import Comparison, Item, differs, ignored, same, unchecked
from dagferry.parity.manifest import Subject
from dagferry.parity.schedules import distances, windows
from dagferry.parity.trace import Json

NAME = "schedule"
_LOST = ("DF203", "DF204", "DF205", "DF211")
_NO_FILE = "no prefect.yaml"
Schedule = Mapping[str, Json]


def items(comparison: Comparison) -> Iterator[Item]:
    """What starts the runs, when, and under which limits; nothing where no trace says it."""
    airflow, flow = comparison.airflow.schedule, comparison.flow.schedule
    if airflow is None and flow is None:
        return
    if airflow is None or flow is None:
        side = "DAG" if airflow is None else "flow"
        yield unchecked("schedule", f"the trace of the {side} does not say when it would run")
        return
    gap = _gap(airflow, flow, comparison.subject)
    if gap is not None:
        yield gap
        return
    yield from _deployment(airflow, flow, comparison.subject)
    yield from _times(airflow, flow, comparison.subject)
    yield from _limits(airflow, flow, comparison.subject)


def _gap(airflow: Schedule, flow: Schedule, subject: Subject) -> Item | None:
    """Why the two cannot be compared at all."""
    if flow.get("reason") == _NO_FILE and not subject.written:
        return ignored("schedule", "no deployment")
    for schedule in (flow, airflow):
        if schedule["kind"] == "unknown":
            return unchecked("schedule", str(schedule.get("reason")))
    return None


def _deployment(airflow: Schedule, flow: Schedule, subject: Subject) -> Iterator[Item]:
    """A DAG without a schedule is started by hand, and so has a deployment as well."""
    if not flow.get("deployment"):
        yield _judged("deployment", subject.dag_id, None, subject, ("DF203", "DF211"))
        return
    yield same("deployment")
    if airflow.get("tags") is not None and flow.get("tags") is not None:
        yield _judged("tags", airflow["tags"], flow["tags"], subject, ("DF206",))


def _times(airflow: Schedule, flow: Schedule, subject: Subject) -> Iterator[Item]:
    if airflow["kind"] != flow["kind"]:
        yield _judged("schedule", airflow["kind"], flow["kind"], subject, _LOST)
        return
    yield same("schedule")
    if airflow["kind"] != "time":
        return
    yield _judged("catch-up", airflow["catchup"], False, subject, ("DF202",))
    for one, other in zip(windows(airflow), windows(flow), strict=True):
        yield from _window(one, other, bool(airflow["anchored"]), subject)


def _window(one: Schedule, other: Schedule, anchored: bool, subject: Subject) -> Iterator[Item]:
    codes = ("DF212",) if one["change"] else ()
    times = one["start_times"], other["start_times"]
    if not anchored:  # when the DAG is switched on decides when, the file only how often
        times = distances(times[0]), distances(times[1])
    starts = _judged(f"start times from {one['from']}", *times, subject, codes)
    yield starts
    if starts.verdict != "equal" or not subject.logical_date_parameter:
        return  # or a flow that needs no dates
    label = f"data intervals from {one['from']}"
    if other["intervals"] is None:
        yield unchecked(label, "the flow did not ask its helper for the dates of its run")
        return
    # A flow whose schedule was lost has the dates of a run by hand; its deployment got one since then.
    codes = ("DF203", "DF204", *codes)
    yield _judged(label, _relative(one, anchored), _relative(other, anchored), subject, codes)


def _relative(window: Schedule, anchored: bool) -> Json:
    """The intervals; as distances from the start of their runs where that is not settled."""
    if anchored:
        return window["intervals"]
    pairs = zip(window["start_times"], window["intervals"], strict=True)
    return [distances([start, *interval]) for start, interval in pairs]


def _limits(airflow: Schedule, flow: Schedule, subject: Subject) -> Iterator[Item]:
    if flow["paused"] and subject.is_stub:
        yield unchecked("paused", "the flow is a stub, and its deployment is paused")
    else:
        yield _judged("paused", bool(airflow["paused"]), flow["paused"], subject, ("DF209",))
    yield _limit(airflow, flow, subject)
    if airflow["end_date"] is not None:
        yield _judged("end date", airflow["end_date"], None, subject, ("DF209",))
    if flow["parameters"]:
        reason = "the deployment gives parameters that the DAG's own runs do not have"
        yield differs("parameters", [], flow["parameters"], reason)


def _limit(airflow: Schedule, flow: Schedule, subject: Subject) -> Item:
    """The limit of concurrent runs; without one of its own, a DAG has that of its installation."""
    own = airflow["max_active_runs"]
    if flow["max_active_runs"] is None and own == airflow["max_active_runs_default"]:
        return same("concurrent runs")
    codes = ("DF209", "DF211")
    return _judged("concurrent runs", own, flow["max_active_runs"], subject, codes)


def _judged(
    label: str, airflow: Json, flow: Json, subject: Subject, codes: tuple[str, ...]
) -> Item:
    """Equal, or different, or named by the conversion and so known not to be the same."""
    if airflow == flow:
        return same(label)
    code = next((one for one in codes if one in subject.named), None)
    if code is not None:
        return unchecked(label, f"{code} says that this is not the same")
    return differs(label, airflow, flow)
