"""Dates and time zones in DAG-building code, as far as reading tells.

A DAG takes its time zone from its start date, or else from that of its `default_args`:
https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/timezone.html
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dagferry.source.abstract import Abstract, External, Known, Moment, Zone

_UTC = frozenset(
    {"datetime.timezone.utc", "datetime.UTC", "pendulum.UTC", "pendulum.tz.UTC", "pytz.utc"}
    | {"pytz.UTC", "airflow.utils.timezone.utc", "dateutil.tz.UTC", "pendulum.timezone.UTC"}
    | {"airflow.sdk.timezone.utc"}
)
_ZONES = frozenset(
    {"zoneinfo.ZoneInfo", "pendulum.timezone", "pendulum.tz.timezone", "pytz.timezone"}
    | {"dateutil.tz.gettz", "pendulum.tz.timezone.Timezone", "pendulum.Timezone"}
    | {"pendulum.timezone.Timezone", "backports.zoneinfo.ZoneInfo", "dateutil.tz.tzutc"}
    | {"airflow.utils.timezone.parse_timezone", "airflow.sdk.timezone.parse_timezone"}
)
_AIRFLOW = ("airflow.utils.timezone.", "airflow.sdk.timezone.")
# Dates that only a run knows, in the zone that Airflow takes for dates without one.
_WITHOUT_ZONE = frozenset(
    {"datetime.datetime.utcnow", "airflow.utils.dates.days_ago"}
    | {"datetime.datetime.combine", "datetime.datetime.strptime"}
    | {f"{home}utcnow" for home in _AIRFLOW}
)
_TODAY = frozenset(f"pendulum.{name}" for name in ("now", "today", "yesterday", "tomorrow"))
_KEPT = frozenset(
    {"add", "subtract", "start_of", "end_of", "replace", "set", "at", "on", "naive", "previous"}
    | {"next", "first_of", "last_of", "__add__", "__sub__"}
)


def zone_of(value: Abstract | None) -> str | None:
    """The time zone that a value of `start_date` gives its DAG; None when only a run knows."""
    match value:
        case None | Known(value=None):
            return "UTC"
        case External(name="datetime.datetime.min" | "datetime.datetime.max"):
            return "UTC"
        case Moment():
            return value.zone
        case Known(value=datetime.datetime() as moment):
            return zone_name(moment.tzinfo)
        case Known(value=str(text)):
            try:
                return zone_name(datetime.datetime.fromisoformat(text).tzinfo)
            except ValueError:
                return None
    return None


def has_zone(value: Abstract | None) -> bool:
    """Whether a start date has a zone of its own, so that the one in `default_args` does not count."""
    match value:
        case None | Known(value=None):
            return False
        case Known(value=datetime.datetime() as moment):
            return moment.tzinfo is not None
        case Moment():
            return value.aware
    return True


def moment_of(value: Abstract | None) -> datetime.datetime | None:
    """The start date, where reading settles it; one without a zone is in UTC."""
    found = value.moment if isinstance(value, Moment) else getattr(value, "value", None)
    if isinstance(found, str):
        try:
            found = datetime.datetime.fromisoformat(found)
        except ValueError:
            return None
    if not isinstance(found, datetime.datetime):
        return None
    return found if found.tzinfo else found.replace(tzinfo=datetime.timezone.utc)


def zone_name(zone: datetime.tzinfo | None) -> str | None:
    """The name of a zone that a date has; a date without one is in UTC."""
    if zone is None or zone is datetime.timezone.utc:
        return "UTC"
    return zone.key if isinstance(zone, ZoneInfo) else None


def named_zone(name: str) -> Zone | None:
    """A name from outside the folder that is a zone: `datetime.timezone.utc`."""
    return Zone("UTC") if name in _UTC else None


def date_call(
    name: str, positional: Sequence[Abstract], named: Mapping[str, Abstract], text: str
) -> Abstract | None:
    """What a call that makes a date or a zone gives; None for any other call."""
    if name in _ZONES:
        return _made_zone([*positional, *named.values()], text)
    if name in _WITHOUT_ZONE:
        return _in_zone(named.get("tzinfo", named.get("tz")), text, aware="utcnow" in name)
    if name in _TODAY:
        given = [*positional, *named.values()]
        # Without a zone it is that of the machine.
        return _in_zone(given[0], text) if given else None
    if name in {"datetime.datetime.now", "datetime.datetime.today"}:
        return _in_zone(next(iter([*positional, *named.values()]), None), text)
    if name in {"pendulum.parse", "pendulum.instance", *(f"{a}parse" for a in _AIRFLOW)}:
        return _parsed(name, positional, named, text)
    if name in {"pendulum.datetime", *(f"{a}datetime" for a in _AIRFLOW)}:
        return _made_date(positional, named, text, Zone("UTC"))
    if name == "datetime.datetime" and _zone_argument(positional, named) is not None:
        return _made_date(positional, named, text, None)
    if name in {f"{home}make_aware" for home in _AIRFLOW}:
        given = [*positional[1:2], *named.values()]
        return _in_zone(given[0] if given else None, text, aware=True)
    return None


def _zone_argument(
    positional: Sequence[Abstract], named: Mapping[str, Abstract]
) -> Abstract | None:
    place = positional[7] if len(positional) > 7 else None
    found = named.get("tz", named.get("tzinfo", named.get("timezone", place)))
    return None if found == Known(None) else found


def _made_zone(given: Sequence[Abstract], text: str) -> Abstract | None:
    if not given and "utc" in text.lower():
        return Zone("UTC")
    return _as_zone(given[0]) if given else None


def _as_zone(value: Abstract | None) -> Zone | None:
    match value:
        case Zone():
            return value
        case External(name=name):
            return named_zone(name)
        case Known(value=str(name)):
            try:
                ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                return None
            return Zone("UTC" if name.upper() == "UTC" else name)
    return None


def _in_zone(value: Abstract | None, text: str, *, aware: bool = False) -> Abstract | None:
    if value is None or value == Known(None):
        return Moment("UTC", text, aware=aware)
    zone = _as_zone(value)
    return Moment(zone.name, text) if zone is not None else None


def _made_date(
    positional: Sequence[Abstract], named: Mapping[str, Abstract], text: str, zone: Zone | None
) -> Abstract | None:
    given = _zone_argument(positional, named)
    found = zone if given is None else _as_zone(given)
    if found is None:
        return None
    parts = [v.value for v in positional[:7] if isinstance(v, Known)]
    rest = {k: v.value for k, v in named.items() if isinstance(v, Known) and not k.startswith("t")}
    moment = None
    if len(parts) == len(positional[:7]):
        try:
            naive = datetime.datetime(*parts, **rest)
            moment = naive.replace(tzinfo=ZoneInfo(found.name))
        except (TypeError, ValueError):
            moment = None
    return Moment(found.name, text, moment)


def _parsed(
    name: str, positional: Sequence[Abstract], named: Mapping[str, Abstract], text: str
) -> Abstract | None:
    zone = named.get("tz", named.get("timezone", next(iter(positional[1:]), None)))
    first = next(iter(positional), None)
    if isinstance(first, Moment) and zone is None:
        return first
    if zone is not None:
        # A zone that the text or the date itself has would stand over this one.
        naive = isinstance(first, Known) and zone_of(first) == "UTC" and not has_zone(first)
        text_only = isinstance(first, Known) and _is_naive_text(first.value)
        return _in_zone(zone, text) if naive or text_only else None
    if isinstance(first, Known) and (_is_naive_text(first.value) or name == "pendulum.instance"):
        moment = moment_of(first)
        return Moment(zone_of(first) or "UTC", text, moment) if zone_of(first) else None
    return None


def _is_naive_text(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return False


def date_method(
    owner: Moment | Zone | Known,
    name: str,
    given: Sequence[Abstract],
    named: Mapping[str, Abstract],
    text: str,
) -> Abstract | None:
    """What a method of a date or a zone gives: a date whose zone is known; None for any other."""
    if isinstance(owner, Zone):
        return Moment(owner.name, text) if name in {"localize", "convert", "datetime"} else None
    if name in {"in_timezone", "in_tz", "astimezone"}:
        return (
            _in_zone(next(iter([*given, *named.values()]), None), text) if given or named else None
        )
    if name not in _KEPT:
        return None
    zone = named.get("tzinfo", named.get("tz"))
    if zone is not None:
        return _in_zone(zone, text)
    return moved(owner, text)


def moved(owner: Moment | Known, text: str) -> Abstract | None:
    """A date some time before or after another: its zone is the other's."""
    zone = zone_of(owner)
    return Moment(zone, text, aware=has_zone(owner)) if zone is not None else None
