"""Dates of an interval schedule: its anchor date, and every so often after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flowlight.deployments.local_time import add_days, add_seconds, aware

__all__ = ["interval_dates"]


def interval_dates(schedule: Any, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The dates; whole days keep the time on the clock, shorter intervals the time in between."""
    total = schedule.interval.total_seconds()
    days = schedule.interval.days
    seconds = total - days * 24 * 60 * 60
    anchor = aware(schedule.anchor_date, zone)
    date = add_seconds(anchor, total * int(_seconds(anchor, start) / total))
    while date < start:
        date = _later(date, days, seconds)
    while True:
        yield date
        date = _later(date, days, seconds)


def _seconds(since: datetime, until: datetime) -> float:
    return until.timestamp() - since.timestamp()


def _later(date: datetime, days: int, seconds: float) -> datetime:
    return add_days(date, days, seconds) if days else add_seconds(date, seconds)
