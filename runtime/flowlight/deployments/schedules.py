"""`prefect.schedules`: when a deployment runs, as a frozen value.

https://docs.prefect.io/v3/api-ref/python/prefect-schedules
"""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta, timezone
from typing import Any

from flowlight.deployments.schedule_checks import check_cron, check_rrule

__all__ = ["Cron", "Interval", "RRule", "Schedule"]

_zone = timezone  # the factories below have a parameter of that name


def _now() -> datetime:
    return datetime.now(_zone.utc)


@dataclasses.dataclass(frozen=True)
class Schedule:
    """One of `interval`, `cron` and `rrule`; `ValueError` when there is more than one."""

    interval: timedelta | None = None
    cron: str | None = None
    rrule: str | None = None
    timezone: str | None = None
    anchor_date: datetime = dataclasses.field(default_factory=_now)
    day_or: bool = True
    active: bool = True
    parameters: dict[str, Any] = dataclasses.field(default_factory=dict)
    slug: str | None = None

    def __post_init__(self) -> None:
        kinds = [name for name in ("interval", "cron", "rrule") if getattr(self, name) is not None]
        if len(kinds) > 1:
            raise ValueError(
                f"Only one schedule type can be defined at a time. Found: {', '.join(kinds)}"
            )
        if self.cron is not None:
            check_cron(self.cron)
        if self.rrule is not None:
            check_rrule(self.rrule)


def Cron(  # noqa: N802  # Prefect's name
    cron: str,
    /,
    timezone: str | None = None,
    day_or: bool = True,
    active: bool = True,
    parameters: dict[str, Any] | None = None,
    slug: str | None = None,
) -> Schedule:
    """A schedule from a cron string, in an IANA time zone (UTC when there is none)."""
    return Schedule(
        cron=cron,
        timezone=timezone,
        day_or=day_or,
        active=active,
        parameters=parameters or {},
        slug=slug,
    )


def Interval(  # noqa: N802
    interval: timedelta | float,
    /,
    anchor_date: datetime | None = None,
    timezone: str | None = None,
    active: bool = True,
    parameters: dict[str, Any] | None = None,
    slug: str | None = None,
) -> Schedule:
    """A schedule that counts an interval (seconds, or a timedelta) from its anchor date."""
    if isinstance(interval, (int, float)):
        interval = timedelta(seconds=interval)
    return Schedule(
        interval=interval,
        anchor_date=anchor_date or _now(),
        timezone=timezone,
        active=active,
        parameters=parameters or {},
        slug=slug,
    )


def RRule(  # noqa: N802
    rrule: str,
    /,
    timezone: str | None = None,
    active: bool = True,
    parameters: dict[str, Any] | None = None,
    slug: str | None = None,
) -> Schedule:
    """A schedule from an iCalendar recurrence rule (RFC 5545)."""
    return Schedule(
        rrule=rrule, timezone=timezone, active=active, parameters=parameters or {}, slug=slug
    )
