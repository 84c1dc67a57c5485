"""What the trace says of a flow's deployment: `subject.schedule` of `docs/reference/trace.md`.

The deployment is the one of `prefect.yaml` in the current folder whose entrypoint is the flow.
https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from typing import Any

from flowlight.deployments.dates import dates
from flowlight.deployments.project_checks import ENTRY, SCHEDULE, check_keys
from flowlight.deployments.project_templates import fill
from flowlight.deployments.schedule_checks import check_cron
from flowlight.encode import encode
from flowlight.loading import UserError
from flowlight.trace.intervals import Intervals
from flowlight.user_files import text_of

__all__ = ["FILE", "schedule_of"]

FILE = "prefect.yaml"
_SHOWN = 10


@dataclass(frozen=True)
class _Cron:
    cron: str
    timezone: str | None
    day_or: bool


@dataclass(frozen=True)
class _Interval:
    interval: timedelta
    anchor_date: datetime
    timezone: str | None


def schedule_of(
    path: Path, names: Sequence[str], moments: Sequence[str], intervals: Intervals
) -> dict[str, Any]:
    """The schedule of the flow that these names of the file hold, in a window from each moment on."""
    if not Path(FILE).is_file():
        return {"kind": "unknown", "reason": f"no {FILE}"}
    try:
        found = [one for one in _entries() if _is_of(one, path, names)]
        if len(found) > 1:
            listed = ", ".join(str(one.get("name")) for one in found)
            return {"kind": "unknown", "reason": f"several deployments of the flow: {listed}"}
        entry = fill(found[0], UserError) if found else {}
        return _described(entry, moments, intervals)
    except Exception as error:  # what no deployment can be made of is no schedule either
        return {"kind": "unknown", "reason": f"{FILE}: {type(error).__name__}: {error}"}


def _entries() -> list[Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(text_of(Path(FILE)), loader) or {}  # noqa: S506 - both are safe
    entries = document.get("deployments") or []
    for entry in entries:
        check_keys(entry, ENTRY, f"deployment {entry.get('name')!r}", UserError)
    return list(entries)


def _is_of(entry: Any, path: Path, names: Sequence[str]) -> bool:
    """Whether the entrypoint, `file.py:flow` or `module.flow`, names the flow."""
    entrypoint = str(entry.get("entrypoint") or "")
    file, colon, name = entrypoint.rpartition(":")
    if not colon:
        module, _, name = entrypoint.rpartition(".")
        file = module.replace(".", "/") + ".py"
    return name in names and os.path.normpath(file) == os.path.normpath(path)


def _described(entry: Any, moments: Sequence[str], intervals: Intervals) -> dict[str, Any]:
    given = entry.get("schedules") or ([entry["schedule"]] if entry.get("schedule") else [])
    active = [one for one in given if one.get("active", True)]
    schedules = [_schedule(one) for one in active]
    extra = [one["parameters"] for one in active if one.get("parameters")]
    return {
        "kind": "time" if given else "none",
        "reason": None,
        "deployment": entry.get("name"),
        "tags": sorted(str(tag) for tag in entry.get("tags") or ()),
        "paused": bool(entry.get("paused")) or (bool(given) and not active),
        "max_active_runs": _limit(entry.get("concurrency_limit")),
        "parameters": encode([*extra, *filter(None, [entry.get("parameters")])]),
        "windows": [_window(schedules, moment, intervals) for moment in moments] if given else [],
    }


def _schedule(given: Any) -> Any:
    """A schedule; a cron line and an interval in seconds without pydantic, whose import takes long."""
    check_keys(given, SCHEDULE, "schedule", UserError)
    zone = given.get("timezone") or None
    if given.get("cron") is not None:
        return _Cron(check_cron(given["cron"]), zone, given.get("day_or", True))
    length, anchor = given.get("interval"), str(given.get("anchor_date") or "")
    if isinstance(length, (int, float)) and length > 0 and anchor:
        start = datetime.fromisoformat(anchor.replace("Z", "+00:00"))
        start = start if start.tzinfo else start.replace(tzinfo=timezone.utc)
        return _Interval(timedelta(seconds=length), start, zone)
    from flowlight.deployments.project_file import ProjectFile

    return ProjectFile(Path(FILE), {})._schedule(given, "deployment").schedule


def _limit(given: Any) -> Any:
    """How many runs there may be at a time; with another way to keep to it than waiting, all of it."""
    if not isinstance(given, dict):
        return given
    waits = given.get("collision_strategy", "ENQUEUE") == "ENQUEUE"
    return given.get("limit") if waits else given


def _window(schedules: Sequence[Any], moment: str, intervals: Intervals) -> dict[str, Any]:
    since = datetime.fromisoformat(moment)
    every = {one for schedule in schedules for one in _utc(schedule, since)}
    starts = list(islice(sorted(every), _SHOWN))
    return {
        "from": moment,
        "start_times": [one.isoformat() for one in starts],
        "intervals": intervals.of(starts),
    }


def _utc(schedule: Any, since: datetime) -> list[datetime]:
    return [one.astimezone(timezone.utc) for one in dates(schedule, since, _SHOWN)]
