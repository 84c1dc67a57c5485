"""The data interval of a run: what Airflow's timetables make of a schedule and a moment.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dag-run.html
"""

from __future__ import annotations

import importlib
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from airflow_compat.dates import UTC

__all__: list[str] = []

PRESETS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}


def cron_reader() -> Any:
    """The reader of cron lines that Airflow and Prefect share; Prefect has a copy."""
    try:
        from croniter import croniter  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        return importlib.import_module("prefect._vendor.croniter").croniter
    return croniter


class CronSchedule:
    """The ticks of a cron line, on the wall clock of the DAG's time zone.

    Airflow reckons with naive local times and puts the zone back afterwards, so that
    06:00 stays 06:00 over a change of the clock (CronDataIntervalTimetable).
    """

    def __init__(self, line: str, zone: ZoneInfo) -> None:
        self.line = line
        self.zone = zone

    def after(self, moment: datetime) -> datetime:
        """The next tick."""
        return self._tick(moment, backwards=False)

    def before(self, moment: datetime) -> datetime:
        """The tick before."""
        return self._tick(moment, backwards=True)

    def last(self, moment: datetime) -> datetime:
        """The tick at `moment`, or else the one before it."""
        before = self.before(moment)
        return moment if self.after(before) == moment else before

    def _tick(self, moment: datetime, *, backwards: bool) -> datetime:
        wall_clock = moment.astimezone(self.zone).replace(tzinfo=None)
        ticks = cron_reader()(self.line, wall_clock)
        tick = ticks.get_prev(datetime) if backwards else ticks.get_next(datetime)
        if ticks.expanded[1] in (["*"], list(range(24))):
            # An hourly line fires in both of the two hours that autumn makes of one.
            shift: timedelta = tick - wall_clock
            return moment + shift
        return self._to_utc(tick)

    def _to_utc(self, wall_clock: datetime) -> datetime:
        # Airflow takes the later of two readings: the second 02:30 of autumn, and
        # 03:30 for the 02:30 that spring leaves out.
        readings = (wall_clock.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        return max(reading.astimezone(UTC) for reading in readings)


class DeltaSchedule:
    """A fixed distance between runs; there are no ticks to align to."""

    def __init__(self, delta: timedelta) -> None:
        self.delta = delta

    def after(self, moment: datetime) -> datetime:
        """One distance later."""
        return moment + self.delta

    def before(self, moment: datetime) -> datetime:
        """One distance earlier."""
        return moment - self.delta

    def last(self, moment: datetime) -> datetime:
        """The moment itself."""
        return moment


Schedule = CronSchedule | DeltaSchedule | None


def read_schedule(schedule: str | timedelta | None, zone: str) -> Schedule:
    """A DAG's schedule: a cron line, a preset, a timedelta, or none of them."""
    if schedule is None or schedule in ("@once", "@continuous"):
        return None
    if isinstance(schedule, str):
        return CronSchedule(PRESETS.get(schedule, schedule), ZoneInfo(zone))
    return DeltaSchedule(schedule)


class Dates(NamedTuple):
    """What Airflow knows about the time of one run."""

    run_type: str
    logical: datetime
    start: datetime
    end: datetime
    previous: datetime | None
    following: datetime | None


def dates_asked(schedule: Schedule, logical: datetime) -> Dates:
    """A run for a given date: `dag.test(logical_date)`.

    The interval is the last complete one (`infer_manual_data_interval`); the dates
    before and after are those of the schedule.
    """
    if schedule is None:
        return Dates("manual", logical, logical, logical, None, None)
    end = schedule.last(logical)
    before = schedule.before(logical)
    start, following = schedule.before(end), schedule.last(end)
    return Dates("manual", logical, start, end, before, following)


def dates_triggered(schedule: Schedule, moment: datetime) -> Dates:
    """A run that somebody started: previous and next date are the date itself."""
    asked = dates_asked(schedule, moment)
    return asked._replace(previous=moment, following=moment)


def dates_scheduled(schedule: Schedule, moment: datetime) -> Dates:
    """A run that the schedule started, at the end of its interval."""
    if schedule is None:
        return Dates("scheduled", moment, moment, moment, None, None)
    start = schedule.before(moment)
    if start == moment:
        # In spring, the tick that the clock leaves out falls on a later one.
        start = schedule.last(moment - timedelta(hours=1))
    return Dates("scheduled", start, start, moment, schedule.before(start), moment)
