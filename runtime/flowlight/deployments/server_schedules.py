"""`prefect.server.schemas.schedules`: the same schedules with `get_dates`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flowlight.deployments import schedule_models
from flowlight.deployments.dates import dates

__all__ = ["CronSchedule", "IntervalSchedule", "RRuleSchedule"]


class _Dates:
    """At most `n` dates from `start` on (now when not given) and up to `end`."""

    async def get_dates(
        self, n: int | None = None, start: datetime | None = None, end: datetime | None = None
    ) -> list[datetime]:
        """The dates in the order of time."""
        return sorted(self._get_dates_generator(n, start, end))

    def _get_dates_generator(
        self, n: int | None = None, start: datetime | None = None, end: datetime | None = None
    ) -> Iterator[datetime]:
        return dates(self, start, n, end)


class CronSchedule(_Dates, schedule_models.CronSchedule):
    """A cron schedule that knows its dates."""


class IntervalSchedule(_Dates, schedule_models.IntervalSchedule):
    """An interval schedule that knows its dates."""


class RRuleSchedule(_Dates, schedule_models.RRuleSchedule):
    """A recurrence rule that knows its dates."""
