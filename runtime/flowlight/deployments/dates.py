"""The dates of a schedule: one function for all kinds, in the order of time as far as it goes.

Dates equal those of `get_dates` of Prefect 3.8.8's server schedules, its surprises included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timezone
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from flowlight.deployments.cron_dates import cron_dates
from flowlight.deployments.interval_dates import interval_dates
from flowlight.deployments.local_time import aware
from flowlight.deployments.rrule_dates import rrule_dates

__all__ = ["dates", "endless"]

_MOST = 1000  # candidates that are looked at


def dates(
    schedule: Any,
    start: datetime | None = None,
    n: int | None = None,
    end: datetime | None = None,
) -> Iterator[datetime]:
    """At most `n` dates from `start` on and up to `end`; n is 1 when neither it nor an end is given."""
    zone = ZoneInfo(schedule.timezone or "UTC")
    last = None if end is None else aware(end, zone)
    wanted = n if n is not None else (1 if end is None else _MOST)
    first = aware(start or datetime.now(timezone.utc), zone)
    return _bounded(endless(schedule, first), wanted, last)


def endless(schedule: Any, start: datetime) -> Iterator[datetime]:
    """All dates from `start` (aware) on; none for a schedule without dates."""
    zone = ZoneInfo(schedule.timezone or "UTC") if hasattr(schedule, "timezone") else None
    for field, make in _KINDS:
        if hasattr(schedule, field):
            assert zone is not None
            return make(schedule, aware(start, zone), zone)
    return iter(())


_KINDS: tuple[tuple[str, Callable[[Any, datetime, ZoneInfo], Iterator[datetime]]], ...] = (
    ("cron", cron_dates),
    ("interval", interval_dates),
    ("rrule", rrule_dates),
)


def _bounded(found: Iterable[datetime], wanted: int, last: datetime | None) -> Iterator[datetime]:
    seen: set[datetime] = set()
    for date in islice(found, _MOST + 2):
        if last is not None and date > last:
            return
        if date not in seen:
            seen.add(date)
            yield date
        if len(seen) >= wanted:
            return
