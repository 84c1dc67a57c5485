"""Dates of a recurrence rule, by dateutil, as in Prefect: all on the clock, moments afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flowlight.deployments.local_time import at_wall

__all__ = ["rrule_dates"]

_ANCHOR = datetime(2020, 1, 1)  # where Prefect lets a rule begin that does not say
_PERIODS = {4: 3600, 5: 60, 6: 1}  # seconds, by dateutil's HOURLY, MINUTELY, SECONDLY
_DAY = timedelta(days=1)  # more than a clock is ever moved


def rrule_dates(schedule: Any, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The dates; the rule's own times are read on the clock of the zone, whatever theirs is."""
    around = start.replace(tzinfo=None, fold=0) - _DAY
    for wall in _on_the_clock(schedule.rrule, around).xafter(around, inc=True):
        date = at_wall(wall, zone)
        if date.timestamp() >= start.timestamp():
            yield date


def _on_the_clock(text: str, around: datetime) -> Any:
    """The rule without time zones; one that counts short periods begins not long before `around`."""
    from dateutil.rrule import rrule, rrulestr

    rule: Any = rrulestr(text, dtstart=_ANCHOR)
    if isinstance(rule, rrule):
        return _bare(rule, _first(rule, text, around))
    for part in ("_rrule", "_exrule"):
        setattr(rule, part, [_bare(one, None) for one in getattr(rule, part)])
    for part in ("_rdate", "_exdate"):
        setattr(rule, part, [date.replace(tzinfo=None) for date in getattr(rule, part)])
    return rule


def _bare(rule: Any, first: datetime | None) -> Any:
    changes = {"dtstart": (first or rule._dtstart).replace(tzinfo=None)}
    if rule._until:
        changes["until"] = rule._until.replace(tzinfo=None)
    return rule.replace(**changes)


def _first(rule: Any, text: str, around: datetime) -> datetime | None:
    """A later beginning of the same rule, so that years of minutes need not be counted."""
    period = _PERIODS.get(rule._freq, 0) * rule._interval
    past = (around - _ANCHOR).total_seconds()
    if not period or past <= 0 or rule._count is not None or "DTSTART" in text.upper():
        return None
    return _ANCHOR + timedelta(seconds=int(past // period) * period)
