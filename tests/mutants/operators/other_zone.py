"""A time zone is another one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

import libcst as cst

from operators.place import Change, Place, replaced

NAME = "other time zone"
_ZONE, _OTHER_ZONE = "Asia/Tokyo", "America/Lima"
_ZONES = available_timezones()


def changes(place: Place) -> Iterator[Change]:
    """Every string of a flow that is the name of a zone."""
    node = place.node
    if isinstance(node, cst.SimpleString) and is_zone(node):
        yield replaced(node, cst.SimpleString(f'"{_other(str(node.evaluated_value))}"'))


def is_zone(node: cst.SimpleString) -> bool:
    """Whether it is the name of a zone."""
    return node.evaluated_value in _ZONES


def settings(deployment: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The zone of each schedule, changed and left out; UTC is what Prefect takes without one."""
    schedules = deployment.get("schedules") or []
    for at, schedule in enumerate(schedules):
        zone = schedule.get("timezone")
        if zone is None:
            continue
        others = [{**schedule, "timezone": _other(zone)}]
        if zone != "UTC":
            others.append({key: value for key, value in schedule.items() if key != "timezone"})
        for other in others:
            shown = f"{zone} -> {other.get('timezone')}"
            yield shown, {**deployment, "schedules": [*schedules[:at], other, *schedules[at + 1 :]]}


def _other(zone: str) -> str:
    return _OTHER_ZONE if zone == _ZONE else _ZONE
