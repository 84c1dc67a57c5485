"""Wall clock times in a zone, at the two moments of the year when they are not plain.

The rules are those of the library that Prefect 3.8.8 uses on Python 3.10 to 3.12 (observed).
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

__all__ = ["add_days", "add_seconds", "at_wall", "aware"]


def aware(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment in the zone; one without a zone is taken for UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(zone)


def at_wall(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the clock shows `wall`; its `fold` says which of two.

    A time that the clock leaves out is moved by the length of the gap: back with fold 0, on with 1.
    """
    before = zone.utcoffset(wall.replace(fold=0))
    after = zone.utcoffset(wall.replace(fold=1))
    assert before is not None
    assert after is not None
    if after > before:
        wall = wall + (after - before if wall.fold else before - after)
    return wall.replace(tzinfo=zone)


def add_seconds(moment: datetime, seconds: float) -> datetime:
    """So many seconds later, whatever the clock does in between."""
    return (moment.astimezone(timezone.utc) + timedelta(seconds=seconds)).astimezone(moment.tzinfo)


def add_days(moment: datetime, days: int, seconds: float) -> datetime:
    """When the clock shows so many days and seconds more: the later one of two such moments."""
    zone = moment.tzinfo
    assert isinstance(zone, ZoneInfo)
    wall = moment.replace(tzinfo=None) + timedelta(days=days, seconds=seconds)
    return at_wall(wall.replace(fold=1), zone)
