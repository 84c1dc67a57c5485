"""Reads when a DAG runs: cron lines, presets, intervals, start dates and catching up.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/cron.html
Prefect: https://docs.prefect.io/v3/concepts/schedules
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dagferry.errors import Impossible
from dagferry.findings import ADVISORY, REQUIRED, Finding
from dagferry.model.dag import Schedule
from dagferry.model.values import Span
from dagferry.source.arguments import Arguments
from dagferry.source.constants import Located
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled

if TYPE_CHECKING:
    from dagferry.lowering.headers import Header

PRESETS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}


def read_schedule(
    arguments: Arguments, header: Header, version: int, line: int, made: Sequence[object]
) -> None:
    """Put the schedule and whether it catches up into the header, with findings on what is lost.

    `made` are the schedules of the DAGs that the site was seen to make, when all are known.
    """
    found = next(
        filter(None, map(arguments.find, ("schedule", "schedule_interval", "timetable"))), None
    )
    start = arguments.find("start_date") or header.default_args.get("start_date")
    zone, anchor = _start(start, arguments, header)
    header.schedule = _schedule(found, arguments, version, zone, anchor)
    if (
        header.schedule.kind == "lost"
        and found is not None
        and made
        and found.module is arguments.module
    ):
        span = arguments.module.source.span(found.node)
        header.schedule = schedule_by_code(header.schedule, made, span, zone) or header.schedule
    _say_what_is_lost(header, start, found, line)
    _catchup(arguments, header, version, line)


def _schedule(
    found: Located | None, arguments: Arguments, version: int, zone: str, anchor: str | None
) -> Schedule:
    if found is None:
        if version >= 3:
            return Schedule(kind="none")
        # Observed in Airflow 2.11.2: a DAG that names no schedule runs once a day.
        return Schedule(kind="interval", seconds=86400.0, timezone=zone, anchor=anchor)
    source = spelled(found.node)
    try:
        value = arguments.fold(found)
    except Impossible:
        return Schedule(kind="lost", source=source)
    return schedule_of(value, source, zone, anchor)


def schedule_of(value: object, source: str, zone: str, anchor: str | None) -> Schedule:
    """The schedule that a value of `schedule=` means: a cron line, a preset, a timedelta, None."""
    if value is None:
        return Schedule(kind="none", source=source)
    if isinstance(value, datetime.timedelta):
        seconds = value.total_seconds()
        return Schedule(
            kind="interval", seconds=seconds, timezone=zone, anchor=anchor, source=source
        )
    if value == "@once":
        return Schedule(kind="once", timezone=zone, source=source)
    if isinstance(value, str) and _is_cron(PRESETS.get(value, value)):
        cron = PRESETS.get(value, value)
        return Schedule(kind="cron", cron=cron, timezone=zone, anchor=anchor, source=source)
    return Schedule(kind="lost", source=source)


def _is_cron(text: str) -> bool:
    from croniter import croniter

    return bool(croniter.is_valid(text))


def _start(start: Located | None, arguments: Arguments, header: Header) -> tuple[str, str | None]:
    """The time zone of the schedule and the start date in ISO form, as far as they can be read."""
    if start is None or not isinstance(start.node, grammar.Call):
        return _folded_start(start, arguments)
    zone = _zone(start, arguments)
    if zone is None:
        message = "the time zone of `start_date` cannot be read; UTC was assumed"
        header.findings.append(Finding(code="DF204", message=message, line=start.node.line))
        zone = "UTC"
    return zone, _anchor(start.node, arguments, start)


def _folded_start(start: Located | None, arguments: Arguments) -> tuple[str, str | None]:
    if start is None:
        return "UTC", None
    try:
        value = arguments.fold(start)
    except Impossible:
        return "UTC", None
    return "UTC", _iso(value)


def _iso(value: object) -> str | None:
    if not isinstance(value, datetime.datetime):
        return None
    return value.replace(tzinfo=value.tzinfo or datetime.timezone.utc).isoformat()


def _zone(start: Located, arguments: Arguments) -> str | None:
    assert isinstance(start.node, grammar.Call)
    named = {k.arg: k.value for k in start.node.keywords}
    given = named.get("tz") or named.get("tzinfo") or named.get("timezone")
    if given is None:
        return "UTC"
    return _zone_name(given, start, arguments)


def _zone_name(node: grammar.Expression, start: Located, arguments: Arguments) -> str | None:
    if isinstance(node, grammar.Call) and node.args:
        return _zone_name(node.args[0], start, arguments)
    name = qualified(node, start.module.imports) or ""
    if name in {"datetime.timezone.utc", "pendulum.UTC", "pytz.utc", "pytz.UTC", "datetime.UTC"}:
        return "UTC"
    if name.endswith((".timezone.utc", ".tz.UTC")):
        return "UTC"
    try:
        value = arguments.fold(Located(node, start.module))
    except Impossible:
        return None
    return value if isinstance(value, str) else None


def _anchor(node: grammar.Call, arguments: Arguments, start: Located) -> str | None:
    try:
        numbers = [arguments.fold(Located(argument, start.module)) for argument in node.args]
        return _iso(datetime.datetime(*numbers))
    except (Impossible, TypeError, ValueError):
        return None


def schedule_by_code(
    lost: Schedule, values: Sequence[object], span: Span, zone: str
) -> Schedule | None:
    """A schedule that each DAG of a factory has of its own, if all of them can be converted."""
    found = [schedule_of(value, lost.source or "", zone, None) for value in values]
    if not found or any(one.kind in {"lost", "once"} for one in found):
        return None
    return Schedule(kind="code", source=lost.source, timezone=zone, span=span)


def _say_what_is_lost(
    header: Header, start: Located | None, found: Located | None, line: int
) -> None:
    if header.schedule.kind == "lost" and found is not None:
        message = f"the schedule {header.schedule.source} has no conversion"
        hint = "give the deployment in prefect.yaml its own schedule or automation"
        header.findings.append(
            Finding(code="DF203", message=message, hint=hint, line=found.node.line)
        )
    if header.schedule.kind == "once":
        message = "`@once`: run the deployment once by hand; it has no schedule"
        header.findings.append(Finding(code="DF205", message=message, severity=ADVISORY, line=line))
    if start is not None and header.schedule.kind in {"cron", "interval"}:
        message = "`start_date` was left out: a deployment starts when it is deployed"
        header.findings.append(
            Finding(code="DF201", message=message, severity=ADVISORY, line=start.node.line)
        )


def _catchup(arguments: Arguments, header: Header, version: int, line: int) -> None:
    try:
        header.catchup = bool(arguments.const("catchup", version < 3))
    except Impossible:
        header.catchup = True
    if header.catchup and header.schedule.kind in {"cron", "interval"}:
        header.findings.append(
            Finding(
                code="DF202",
                message="Airflow catches up with every run since `start_date`; a deployment does not",
                hint="run the flow once for each missing `logical_date`, or set catchup=False",
                severity=REQUIRED,
                line=line,
            )
        )
