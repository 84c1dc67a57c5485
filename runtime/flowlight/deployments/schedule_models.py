"""`prefect.client.schemas.schedules`: the schedules as pydantic models, which Prefect's are too.

https://docs.prefect.io/v3/api-ref/python/prefect-client-schemas-schedules
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Annotated, Any, TypeGuard

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from flowlight.deployments.schedule_checks import check_cron, check_rrule, check_timezone

__all__ = [
    "CronSchedule",
    "IntervalSchedule",
    "NoSchedule",
    "RRuleSchedule",
    "construct_schedule",
    "is_schedule_type",
]


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _with_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=timezone.utc)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class IntervalSchedule(_Model):
    """Every `interval` from `anchor_date` on, in `timezone` (the anchor's own when not given)."""

    interval: timedelta = Field(gt=timedelta(0))
    anchor_date: Annotated[datetime, AfterValidator(_with_zone)] = Field(default_factory=_now)
    timezone: str | None = None

    @model_validator(mode="after")
    def _find_timezone(self) -> IntervalSchedule:
        check_timezone(self.timezone)
        if self.timezone is None:
            self.timezone = getattr(self.anchor_date.tzinfo, "key", "UTC")
        return self


class CronSchedule(_Model):
    """A cron string; `day_or` says whether day of month and day of week are joined by "or"."""

    cron: str
    timezone: str | None = None
    day_or: bool = True

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str | None) -> str | None:
        return check_timezone(value)

    @field_validator("cron")
    @classmethod
    def _cron(cls, value: str) -> str:
        return check_cron(value)


class RRuleSchedule(_Model):
    """An iCalendar recurrence rule; it begins on 2020-01-01 unless it has a DTSTART."""

    rrule: str
    timezone: str | None = Field(default="UTC", validate_default=True)

    @field_validator("rrule")
    @classmethod
    def _rrule(cls, value: str) -> str:
        return check_rrule(value)

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str | None) -> str:
        from zoneinfo import available_timezones

        if value is not None and value not in available_timezones():
            raise ValueError(f'Invalid timezone: "{value}"')
        return value or "UTC"


class NoSchedule(_Model):
    """Never."""


ScheduleModel = IntervalSchedule | CronSchedule | RRuleSchedule | NoSchedule


def is_schedule_type(obj: Any) -> TypeGuard[ScheduleModel]:
    """Whether this is one of the models of this module."""
    return isinstance(obj, (IntervalSchedule, CronSchedule, RRuleSchedule, NoSchedule))


def construct_schedule(
    interval: float | timedelta | None = None,
    anchor_date: datetime | str | None = None,
    cron: str | None = None,
    rrule: str | None = None,
    timezone: str | None = None,
) -> ScheduleModel:
    """The model for what was given; `ValueError` unless it is exactly one kind of schedule."""
    if sum(1 for one in (interval, cron, rrule) if one is not None) > 1:
        raise ValueError("Only one of interval, cron, or rrule can be provided.")
    if anchor_date and not interval:
        raise ValueError("An anchor date can only be provided with an interval schedule")
    if timezone and not (interval or cron or rrule):
        raise ValueError("A timezone can only be provided with interval, cron, or rrule")
    if interval:
        fields: dict[str, Any] = {"interval": _as_timedelta(interval), "timezone": timezone}
        return IntervalSchedule(**fields, anchor_date=anchor_date or _now())  # type: ignore[arg-type]  # pydantic reads text
    if cron:
        return CronSchedule(cron=cron, timezone=timezone)
    if rrule:
        return RRuleSchedule(rrule=rrule, timezone=timezone)
    raise ValueError("Either interval, cron, or rrule must be provided")


def _as_timedelta(value: float | timedelta) -> timedelta:
    return value if isinstance(value, timedelta) else timedelta(seconds=value)
