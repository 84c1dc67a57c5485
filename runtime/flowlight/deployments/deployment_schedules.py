"""The schedules of a deployment: each with its own switch, parameters and slug.

https://docs.prefect.io/v3/api-ref/python/prefect-client-schemas-actions
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, field_validator

from flowlight.deployments.schedule_models import (
    CronSchedule,
    IntervalSchedule,
    NoSchedule,
    RRuleSchedule,
    construct_schedule,
    is_schedule_type,
)
from flowlight.deployments.schedules import Schedule
from flowlight.errors import NotSupported

__all__ = ["DeploymentScheduleCreate", "check_honoured", "choose_schedules", "normalize"]


_ANCHOR = "DTSTART:20200101T000000"
_NO_ANCHOR = re.compile("DTSTART|FREQ=(MINUTELY|SECONDLY)", re.IGNORECASE)


class DeploymentScheduleCreate(BaseModel):
    """A schedule of one deployment."""

    model_config = ConfigDict(extra="forbid")

    schedule: IntervalSchedule | CronSchedule | RRuleSchedule | NoSchedule
    active: bool = True
    max_scheduled_runs: PositiveInt | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    slug: str | None = None
    replaces: str | None = None

    @field_validator("schedule")
    @classmethod
    def _anchored(cls, schedule: Any) -> Any:
        """A rule says where it begins (observed), unless it counts minutes or seconds from there."""
        if isinstance(schedule, RRuleSchedule) and not _NO_ANCHOR.search(schedule.rrule):
            return schedule.model_copy(update={"rrule": f"{_ANCHOR}\n{schedule.rrule}"})
        return schedule

    @classmethod
    def from_schedule(cls, schedule: Schedule) -> DeploymentScheduleCreate:
        """The same as a `prefect.schedules.Schedule`; one without dates is for never."""
        model = _model(schedule)
        if model is None:
            return cls(schedule=NoSchedule())
        return cls(
            schedule=model,
            parameters=schedule.parameters,
            active=schedule.active,
            slug=schedule.slug,
        )


def check_honoured(schedule: DeploymentScheduleCreate) -> None:
    """`NotSupported` for options by which Prefect's server plans: there is no server here."""
    if schedule.max_scheduled_runs is not None:
        raise NotSupported(
            "max_scheduled_runs: flowlight makes no run before it is due; leave it out"
        )
    if schedule.replaces is not None:
        raise NotSupported(
            f"replaces={schedule.replaces!r}: the schedules of a deployment are those that it was"
            " made with last; leave it out"
        )


def _model(given: Schedule) -> IntervalSchedule | CronSchedule | RRuleSchedule | None:
    if given.interval is not None:
        return IntervalSchedule(
            interval=given.interval, anchor_date=given.anchor_date, timezone=given.timezone
        )
    if given.cron is not None:
        return CronSchedule(cron=given.cron, timezone=given.timezone, day_or=given.day_or)
    if given.rrule is not None:
        return RRuleSchedule(rrule=given.rrule, timezone=given.timezone)
    return None


def create_deployment_schedule_create(
    schedule: Any, active: bool | None = True
) -> DeploymentScheduleCreate:
    """A schedule of a deployment; the name is in the message for unknown keys."""
    if isinstance(schedule, Schedule):
        return DeploymentScheduleCreate.from_schedule(schedule)
    return DeploymentScheduleCreate(schedule=schedule, active=True if active is None else active)


def normalize(schedules: Iterable[Any]) -> list[DeploymentScheduleCreate]:
    """What users may give for a list of schedules, as one type; `ValueError` for anything else."""
    return [_normal(item) for item in schedules]


def _normal(item: Any) -> DeploymentScheduleCreate:
    if isinstance(item, DeploymentScheduleCreate):
        return item
    if type(item).__module__.endswith(".server_schedules"):
        raise ValueError(
            "Server schema schedules are not supported. Please use "
            "the schedule objects from `prefect.client.schemas.schedules`"
        )
    if is_schedule_type(item) or isinstance(item, Schedule):
        return create_deployment_schedule_create(item)
    if isinstance(item, dict):
        return create_deployment_schedule_create(**item)
    raise ValueError(
        "Invalid schedule provided. Must be a schedule object, a dict,"
        "or a `DeploymentScheduleCreate` object"
    )


def choose_schedules(
    interval: Any = None,
    cron: Any = None,
    rrule: Any = None,
    schedule: Any = None,
    schedules: Iterable[Any] | None = None,
) -> Any:
    """The schedules that one of these arguments asks for; `ValueError` for more than one."""
    given = [one for one in (interval, cron, rrule, schedule, schedules) if one is not None]
    if len(given) > 1:
        raise ValueError(
            "Only one of interval, cron, rrule, schedule, or schedules can be provided."
        )
    if schedules is not None:
        return schedules
    kinds = {"interval": interval, "cron": cron, "rrule": rrule}
    for kind, value in kinds.items():
        if value:
            return [
                create_deployment_schedule_create(construct_schedule(**{kind: each}))
                for each in _each(value)
            ]
    return [create_deployment_schedule_create(schedule)] if given else []


def _each(value: Any) -> list[Any]:
    return [value] if isinstance(value, (str, int, float, timedelta)) else list(value)
