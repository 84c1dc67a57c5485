"""A schedule is another one: a cron line, an interval, the moment that intervals are counted from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import libcst as cst

from operators.place import Change, Place, replaced

NAME = "other schedule"
_CRON, _OTHER_CRON = "30 3 * * 2", "45 4 * * 3"


def changes(place: Place) -> Iterator[Change]:
    """The keyword `schedule` of the flow's run, and of the configurations of a factory."""
    node = place.node
    if is_schedule(place) and isinstance(node, cst.SimpleString):
        yield replaced(node, cst.SimpleString(f'"{_other(str(node.evaluated_value))}"'))


def is_schedule(place: Place) -> bool:
    """Whether it is given as a schedule."""
    return place.keyword() == "schedule"


def settings(deployment: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each schedule changed, left out, and switched off."""
    schedules = deployment.get("schedules") or []
    for at, schedule in enumerate(schedules):
        for shown, changed in _changed(schedule):
            yield (
                shown,
                {**deployment, "schedules": [*schedules[:at], changed, *schedules[at + 1 :]]},
            )
        if len(schedules) > 1:
            others = [*schedules[:at], *schedules[at + 1 :]]
            yield (
                f"{schedule.get('cron') or schedule.get('interval')} dropped",
                {**deployment, "schedules": others},
            )


def _changed(schedule: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "cron" in schedule:
        other = _other(schedule["cron"])
        yield f"{schedule['cron']} -> {other}", {**schedule, "cron": other}
    if "interval" in schedule:
        yield "interval + 60", {**schedule, "interval": schedule["interval"] + 60}
    if "anchor_date" in schedule:
        moved = datetime.fromisoformat(schedule["anchor_date"]) + timedelta(minutes=10)
        yield "anchor_date + 10 minutes", {**schedule, "anchor_date": moved.isoformat()}
    if "rrule" in schedule:
        yield "rrule, daily", {**schedule, "rrule": "FREQ=DAILY;COUNT=3"}
    yield "active: false", {**schedule, "active": not schedule.get("active", True)}


def _other(cron: str) -> str:
    return _OTHER_CRON if cron == _CRON else _CRON
