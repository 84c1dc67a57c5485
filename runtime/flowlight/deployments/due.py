"""Which dates are due: those after the mark up to which dates are known, up to now.

After a time in which nobody served, `catch_up` decides: `all` of the dates that passed (as Prefect,
whose server keeps them as late runs), the `latest` of each schedule, or `none`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from flowlight.deployments.dates import endless
from flowlight.deployments.deployment import RunnerDeployment
from flowlight.deployments.deployment_schedules import DeploymentScheduleCreate

__all__ = ["CatchUp", "Due", "due", "next_date"]

CatchUp = Literal["all", "latest", "none"]


@dataclass(frozen=True)
class Due:
    """One date of one schedule; `key` is the same for the same date, whoever finds it."""

    at: datetime
    key: str
    parameters: dict[str, Any]


def due(
    deployment: RunnerDeployment, after: datetime, until: datetime, catch_up: CatchUp = "all"
) -> list[Due]:
    """The dates after the one moment and up to the other, in the order of time."""
    found: list[Due] = []
    for schedule in deployment.schedules or []:
        dates = _between(schedule, after, until) if schedule.active else []
        if catch_up == "latest":
            dates = dates[-1:]
        if catch_up != "none":
            found += [_due(deployment, schedule, date) for date in dates]
    return sorted(found, key=lambda one: (one.at.timestamp(), one.key))


def next_date(deployment: RunnerDeployment, after: datetime) -> datetime | None:
    """The first date that is still to come, of any active schedule."""
    firsts = [
        date
        for schedule in deployment.schedules or []
        if schedule.active
        for date in [next(_later(schedule, after), None)]
        if date is not None
    ]
    return min(firsts, key=lambda date: date.timestamp(), default=None)


def _between(
    schedule: DeploymentScheduleCreate, after: datetime, until: datetime
) -> list[datetime]:
    found: dict[float, datetime] = {}
    for date in _later(schedule, after):
        if date.timestamp() > until.timestamp():
            break
        found.setdefault(date.timestamp(), date)
    return list(found.values())


def _later(schedule: DeploymentScheduleCreate, after: datetime) -> Iterator[datetime]:
    mark = after.timestamp()
    return (date for date in endless(schedule.schedule, after) if date.timestamp() > mark)


def _due(deployment: RunnerDeployment, schedule: DeploymentScheduleCreate, date: datetime) -> Due:
    known = schedule.schedule.model_dump(mode="json", exclude={"anchor_date"})
    identity = schedule.slug or json.dumps([known, schedule.parameters], default=str)
    at = date.timestamp()
    key = f"{deployment.full_name} {identity} {at:.6f}"
    return Due(date, key, {**deployment.parameters, **schedule.parameters})
