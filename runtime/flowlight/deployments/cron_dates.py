"""Dates of a cron schedule: cron's times on the clock of the zone, read as moments afterwards.

croniter is used because Prefect carries a copy of it: `day_or`, `L`, `#`, seconds and aliases are
the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flowlight.deployments.local_time import add_seconds, at_wall

__all__ = ["cron_dates"]


def cron_dates(schedule: Any, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The dates; a time that the clock shows twice is the first, one that it leaves out is earlier."""
    import croniter

    before = add_seconds(start, -1)  # so that a start that is a date counts as one
    if before.microsecond:
        before = add_seconds(before, 1)
    walls = croniter.croniter(schedule.cron, _wall(before), day_or=schedule.day_or)
    while True:
        try:
            wall: datetime = walls.get_next(datetime)
        except croniter.CroniterBadDateError:
            return  # there is no 30th of February
        yield at_wall(wall, zone)


def _wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, fold=0)
