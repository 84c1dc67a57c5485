"""The timetables that Airflow ships for cron and timedelta; a user's own are refused.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/timetable.html#built-in-timetables
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from typing import Any

from daglight.errors import NotSupported
from daglight.moment import zone

__all__ = [
    "CronDataIntervalTimetable",
    "CronTriggerTimetable",
    "DeltaDataIntervalTimetable",
    "DeltaTriggerTimetable",
    "Timetable",
]


@dataclass(frozen=True)
class Timetable:
    """Ticks (a cron text or a timedelta) by the clock of a zone.

    A run covers the time between two ticks when `length` is None, else so long before its tick.
    """

    ticks: Any
    zone: tzinfo = timezone.utc
    length: timedelta | None = None

    def __post_init__(self) -> None:
        if type(self).__module__ not in (__name__, "daglight.partitions"):
            raise NotSupported(f"timetable {type(self).__name__}")


class CronDataIntervalTimetable(Timetable):
    """A run covers the time between two ticks."""

    def __init__(self, cron: str, timezone: str | tzinfo) -> None:
        super().__init__(cron, zone(timezone))


class DeltaDataIntervalTimetable(Timetable):
    """A run covers one length of the timedelta."""

    def __init__(self, delta: timedelta) -> None:
        super().__init__(delta)


class CronTriggerTimetable(Timetable):
    """A run starts at a tick and covers nothing, or an interval before it."""

    def __init__(
        self, cron: str, *, timezone: str | tzinfo, interval: timedelta = timedelta()
    ) -> None:
        super().__init__(cron, zone(timezone), interval)


class DeltaTriggerTimetable(Timetable):
    """A run starts every so often and covers nothing, or an interval before it."""

    def __init__(self, delta: timedelta, *, interval: timedelta = timedelta()) -> None:
        super().__init__(delta, length=interval)
