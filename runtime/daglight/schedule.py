"""Schedules: which interval of data a run covers, and when the last tick was.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-
scheduling/timetable.html. Airflow 2 gives a cron or timedelta run the interval that ends at the
last tick; Airflow 3's triggers have no interval.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any

from daglight.assets import AssetExpression
from daglight.errors import NotSupported
from daglight.exceptions import AirflowException
from daglight.moment import DateTime, as_moment
from daglight.partitions import AssetOrTimeSchedule, Kept
from daglight.timetables import Timetable

__all__ = ["check_schedule", "data_interval", "last_tick", "next_interval", "previous_date"]

_PRESETS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
}
_NO_TICKS = (None, "@once", "@continuous", "None")


def data_interval(
    schedule: Any, zone: tzinfo, moment: datetime, *, version: int
) -> tuple[DateTime, DateTime]:
    """Start and end, in UTC, of the interval that a run asked for at this moment covers."""
    at = _utc(moment)
    if isinstance(schedule, AssetOrTimeSchedule):
        return data_interval(schedule.timetable, zone, moment, version=version)
    if isinstance(schedule, Timetable):
        if schedule.length is not None:
            return _utc(at - schedule.length), at
        return data_interval(schedule.ticks, schedule.zone, moment, version=2)
    if _tickless(schedule) or version >= 3:
        return at, at
    if isinstance(schedule, timedelta):
        return _utc(at - schedule), at
    end = previous_tick(_cron(schedule), zone, at, inclusive=True)
    return previous_tick(_cron(schedule), zone, end), end


def last_tick(schedule: Any, zone: tzinfo, now: datetime) -> DateTime:
    """The last tick, not after `now`; `now` itself when none comes by the clock."""
    if isinstance(schedule, AssetOrTimeSchedule):
        schedule = schedule.timetable
    if isinstance(schedule, Timetable):
        return last_tick(schedule.ticks, schedule.zone, now)
    if _tickless(schedule) or isinstance(schedule, timedelta):
        return _utc(now)
    return previous_tick(_cron(schedule), zone, _utc(now), inclusive=True)


def previous_tick(cron: str, zone: tzinfo, at: datetime, *, inclusive: bool = False) -> DateTime:
    """The last tick before `at`, or at it, by the zone's wall clock: 06:00 stays 06:00."""
    from croniter import CroniterError, croniter

    local = at.astimezone(zone).replace(tzinfo=None)
    try:
        ticks = croniter(cron, local + timedelta(minutes=1) if inclusive else local)
        tick = ticks.get_prev(datetime)
        while tick > local or (found := _placed(cron, zone, at, local, tick)) > at:
            tick = ticks.get_prev(datetime)
    except CroniterError as error:
        raise AirflowException(f"[{cron}] is not acceptable, {error}") from None
    return found


def _placed(cron: str, zone: tzinfo, at: datetime, local: datetime, tick: datetime) -> DateTime:
    """The moment of a tick of the wall clock, as seen from the moment `at`.

    Observed in Airflow 2.11.2 and 3.3.2 where clocks are changed: a time of the day that comes twice is
    the later one, and a time that does not come is moved on. Ticks of every hour of the day keep the distance
    that the wall clock shows, so that `*/30` goes on every half hour.
    """
    if not _covers_every_hour(cron):
        return _utc(max(_utc(tick.replace(tzinfo=zone, fold=fold)) for fold in (0, 1)))
    gap = tick - local
    days = timedelta(days=int(gap / timedelta(days=1)))  # whole ones, towards `at`
    moved = at.astimezone(zone) + days if days else at  # a sum forgets which of two hours it is
    return _utc(moved.astimezone(timezone.utc) + (gap - days))


@cache
def _covers_every_hour(cron: str) -> bool:
    """Whether there are ticks in every hour of the day."""
    from croniter import croniter

    return croniter(cron, datetime(2024, 1, 1)).expanded[1] in (["*"], list(range(24)))


def next_interval(schedule: Any, zone: tzinfo, end: DateTime) -> tuple[DateTime, DateTime] | None:
    """The interval of Airflow 2 that starts at `end`; None when none does by the clock."""
    if isinstance(schedule, AssetOrTimeSchedule):
        schedule = schedule.timetable
    if isinstance(schedule, Timetable):
        following = next_interval(schedule.ticks, schedule.zone, end)
        if following is None or schedule.length is None:
            return following
        return following[1], following[1]
    if _tickless(schedule):
        return None
    if isinstance(schedule, timedelta):
        return end, _utc(end + schedule)
    from croniter import croniter

    local = end.astimezone(zone).replace(tzinfo=None)
    tick = croniter(_cron(schedule), local).get_next(datetime)
    return end, _placed(_cron(schedule), zone, end, local, tick)


def previous_date(schedule: Any, zone: tzinfo, at: DateTime) -> DateTime | None:
    """The tick before a moment; None when there is none by the clock."""
    if isinstance(schedule, AssetOrTimeSchedule):
        schedule = schedule.timetable
    if isinstance(schedule, Timetable):
        # Observed in Airflow 2.11.2: triggers know no earlier run.
        known = schedule.length is None
        return previous_date(schedule.ticks, schedule.zone, at) if known else None
    if _tickless(schedule):
        return None
    if isinstance(schedule, timedelta):
        return _utc(at - schedule)
    return previous_tick(_cron(schedule), zone, at)


def check_schedule(schedule: Any) -> None:
    """AirflowTimetableInvalid for a cron text that is none: such a DAG does not load."""
    if isinstance(schedule, Timetable):
        schedule = schedule.ticks
    if not isinstance(schedule, str) or schedule in _NO_TICKS or schedule in _PRESETS:
        return
    from croniter import CroniterError, croniter

    from daglight.exceptions import AirflowTimetableInvalid

    try:
        croniter(schedule)
    except CroniterError as error:
        raise AirflowTimetableInvalid(str(error)) from None


def _tickless(schedule: Any) -> bool:
    """Whether runs do not come by the clock: by hand, once, or when assets change."""
    if isinstance(schedule, (AssetExpression, Kept, list, tuple, set)):
        return True
    return schedule in _NO_TICKS


def _cron(schedule: Any) -> str:
    if isinstance(schedule, str):
        return _PRESETS.get(schedule, schedule)
    raise NotSupported(f"schedule of type {type(schedule).__name__}")


def _utc(moment: datetime) -> DateTime:
    return as_moment(moment.astimezone(timezone.utc))
