"""Reads when a DAG runs: cron lines, presets, intervals, start dates and catching up.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/cron.html
Prefect: https://docs.prefect.io/v3/concepts/schedules
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from dagferry import messages
from dagferry.errors import Impossible
from dagferry.lowering.header import Header, is_none
from dagferry.lowering.run_times import interval_anchor, meets_clock_change
from dagferry.model.dag import Schedule
from dagferry.source.abstract import Abstract, Known, Unknown
from dagferry.source.arguments import Arguments
from dagferry.source.constants import Located, constants
from dagferry.source.dates import date_call, has_zone, moment_of, named_zone, zone_of
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled

PRESETS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}

_DAY = 86400.0  # seconds


def read_schedule(
    arguments: Arguments, header: Header, version: int, line: int, made: Sequence[Arguments]
) -> None:
    """Put the schedule and whether it catches up into the header, with findings on what is lost.

    `made` are the arguments of each DAG that the site was seen to make, where there are several.
    """
    found = _schedule_argument(arguments)
    start = _start_date(arguments, header)
    header.schedule = _schedule(found, arguments, version, start)
    zones = {_own_start(one).zone for one in made}
    if header.schedule.kind == "lost" and _each_has_its_own(found, arguments, made):
        assert found is not None
        span = arguments.module.source.span(found.node)
        if len(zones) == 1:
            (zone,) = zones
            source = header.schedule.source
            header.schedule = Schedule(
                kind="code", source=source, timezone=zone or "UTC", span=span
            )
    _say_what_is_lost(arguments, header, start, found, line)
    _catchup(arguments, header, version, line)


def _own_start(arguments: Arguments) -> _Start:
    """The start date of one of the DAGs of a factory."""
    header = Header(dag_id=None, schedule=Schedule(kind="none"))
    given = arguments.find("default_args")
    if given is not None and not is_none(arguments, given):
        try:
            header.default_args = arguments.items(given)
        except Impossible:
            return _Start(None, None, None)
    return _start_date(arguments, header)


def _schedule_argument(arguments: Arguments) -> Located | None:
    names = ("schedule", "schedule_interval", "timetable")
    given = [found for found in map(arguments.find, names) if found is not None]
    return next((one for one in given if not is_none(arguments, one)), next(iter(given), None))


@dataclass(frozen=True)
class _Start:
    """Where the start date is given, its time zone (None: only a run knows), the date if settled."""

    found: Located | None
    zone: str | None
    anchor: str | None


def _start_date(arguments: Arguments, header: Header) -> _Start:
    """Airflow 2.11.2 and 3.3.2: the zone of `start_date`, else of the one in `default_args`."""
    own = arguments.find("start_date")
    other = header.default_args.get("start_date")
    if own is None or is_none(arguments, own):
        own = other
    if own is None:
        unread = header.unread_defaults is not None or arguments.spread
        return _Start(None, None if unread else "UTC", None)
    value = _followed(own, arguments)
    zone_place = value
    if not has_zone(value) and other is not None and other is not own:
        zone_place = _followed(other, arguments)
    moment = moment_of(value)
    return _Start(own, zone_of(zone_place), moment.isoformat() if moment else None)


def _followed(found: Located, arguments: Arguments) -> Abstract:
    """What an expression is, also where nothing was seen to evaluate it."""
    if found.value is not None:
        return found.value
    try:
        return Known(arguments.fold(found))
    except Impossible:
        pass
    node = found.node
    if not isinstance(node, grammar.Call):
        followed = constants(found.module, arguments.project).follow(node)
        if followed is not None:
            return _followed(followed, arguments)
        zone = named_zone(qualified(node, found.module.imports) or "")
        return zone or Unknown(spelled(node))
    positional = [_followed(Located(one, found.module), arguments) for one in node.args]
    named = {
        k.arg or "": _followed(Located(k.value, found.module), arguments) for k in node.keywords
    }
    name = qualified(node.func, found.module.imports) or ""
    text = spelled(node)
    return date_call(name, positional, named, text) or Unknown(text)


def _each_has_its_own(
    found: Located | None, arguments: Arguments, made: Sequence[Arguments]
) -> bool:
    """Whether each DAG of a factory has a schedule of its own that can be converted."""
    if found is None or found.module is not arguments.module or not found.spelled or not made:
        return False
    for one in made:
        own = _schedule_argument(one)
        if own is None or _schedule(own, one, 2, _own_start(one)).kind in {"lost", "once"}:
            return False
    return True


def _schedule(found: Located | None, arguments: Arguments, version: int, start: _Start) -> Schedule:
    if found is None:
        if arguments.spread:
            return Schedule(kind="lost", source="**")
        if version >= 3:
            return Schedule(kind="none")
        # Observed in Airflow 2.11.2: a DAG that names no schedule runs once a day.
        return _interval(_DAY, start, arguments, version)
    source = spelled(found.node)
    try:
        value = arguments.fold(found)
    except Impossible:
        return Schedule(kind="lost", source=source)
    if start.zone is None and isinstance(value, str) and value != "@once":
        # A cron line runs in the zone of the start date: a wrong zone would move every run.
        return Schedule(kind="lost", source=source)
    if isinstance(value, datetime.timedelta):
        return _interval(value.total_seconds(), start, arguments, version, source)
    return _schedule_of(value, source, start.zone or "UTC", start.anchor)


def _interval(
    seconds: float, start: _Start, arguments: Arguments, version: int, source: str | None = None
) -> Schedule:
    """Airflow counts in UTC: an interval stays as long when the clock is changed.

    Prefect's days go by the clock of their zone, which hours do not.
    """
    from_epoch = version < 3 and not _catches_up(arguments, version)
    anchor = interval_anchor(start.anchor, seconds, from_epoch=from_epoch)
    zone = start.zone if start.zone and seconds < _DAY else "UTC"
    return Schedule(kind="interval", seconds=seconds, timezone=zone, anchor=anchor, source=source)


def _schedule_of(value: object, source: str, zone: str, anchor: str | None) -> Schedule:
    """The schedule that a value of `schedule=` means: a cron line, a preset, None."""
    if value is None:
        return Schedule(kind="none", source=source)
    if value == "@once":
        return Schedule(kind="once", timezone=zone, source=source)
    if isinstance(value, str) and _is_cron(PRESETS.get(value, value)):
        cron = PRESETS.get(value, value)
        return Schedule(kind="cron", cron=cron, timezone=zone, anchor=anchor, source=source)
    return Schedule(kind="lost", source=source)


def _is_cron(text: str) -> bool:
    from croniter import croniter

    return bool(croniter.is_valid(text))


def _say_what_is_lost(
    arguments: Arguments, header: Header, start: _Start, found: Located | None, line: int
) -> None:
    place = found.node.line if found is not None else line
    if header.schedule.kind == "lost" and start.zone is None:
        # Each DAG of a factory may have a zone of its own; its deployment has it then.
        header.findings.append(messages.found("time zone", line=place))
    elif header.schedule.kind == "lost":
        schedule = header.schedule.source
        header.findings.append(messages.found("schedule", schedule=schedule, line=place))
    if header.schedule.kind == "once":
        header.findings.append(messages.found("once", line=line))
    if _meets_clock_change(header.schedule):
        header.findings.append(
            messages.found("clock change", zone=header.schedule.timezone, line=line)
        )
    if start.found is not None and header.schedule.kind in {"cron", "interval"}:
        place = start.found.node.line if start.found.module is arguments.module else line
        header.findings.append(messages.found("start date", line=place))


def _meets_clock_change(schedule: Schedule) -> bool:
    cron, zone = schedule.cron, schedule.timezone
    return schedule.kind == "cron" and cron is not None and meets_clock_change(cron, zone)


def _catches_up(arguments: Arguments, version: int) -> bool:
    try:
        return bool(arguments.const("catchup", version < 3))
    except Impossible:
        return True


def _catchup(arguments: Arguments, header: Header, version: int, line: int) -> None:
    header.catchup = _catches_up(arguments, version)
    if header.catchup and header.schedule.kind in {"cron", "interval"}:
        header.findings.append(messages.found("catching up", line=line))
