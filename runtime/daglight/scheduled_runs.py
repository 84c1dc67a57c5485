"""The runs that Airflow's scheduler would make from a moment on: when, and for which interval.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/timetable.html,
`next_dagrun_info` of the timetables of Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from daglight.assets import AssetExpression
from daglight.moment import as_moment
from daglight.partitions import AssetOrTimeSchedule, Kept
from daglight.schedule import last_tick, next_interval
from daglight.timetables import Timetable

if TYPE_CHECKING:
    from daglight.dag import DAG

__all__ = ["Run", "is_anchored", "kind_of", "scheduled_runs"]

#: When it starts, and the start and end of its data interval.
Run = tuple[datetime, datetime, datetime]
_ZERO = timedelta()
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_WORDS = {None: "none", "None": "none", "@once": "once", "@continuous": "continuous"}


def kind_of(dag: DAG) -> str:
    """`time`, `none`, `once`, `continuous` or `asset`, as the trace has it."""
    schedule: Any = dag.schedule
    if isinstance(schedule, (AssetExpression, AssetOrTimeSchedule, Kept, list, tuple, set)):
        return "asset"
    return _WORDS.get(schedule, "time") if isinstance(schedule, (str, type(None))) else "time"


def is_anchored(dag: DAG, version: int) -> bool:
    """Whether the file settles when the runs are, not just how far from each other.

    Airflow 3 counts a timedelta that does not catch up from the moment when the DAG is switched on.
    """
    ticks, length = _rule(dag.schedule, version)
    return not isinstance(ticks, timedelta) or length is None or _catches_up(dag)


def scheduled_runs(dag: DAG, since: datetime, *, version: int) -> Iterator[Run]:
    """The runs that start at `since` (in UTC) or later; the schedule has to be one of kind `time`."""
    ticks, length = _rule(dag.schedule, version)
    if isinstance(ticks, timedelta):
        tick = _first_multiple(dag, since, ticks, length)
        before = ticks if length is None else length
        while True:
            yield tick, tick - before, tick
            tick += ticks
    yield from _cron_runs(dag, ticks, since, length)


def _cron_runs(dag: DAG, ticks: Any, since: datetime, length: timedelta | None) -> Iterator[Run]:
    schedule: Any = dag.schedule
    zone = schedule.zone if isinstance(schedule, Timetable) else dag.timezone
    tick: datetime = last_tick(ticks, zone, since - timedelta(seconds=1))
    while True:
        following = next_interval(ticks, zone, as_moment(tick))
        if following is None:
            return
        start, tick = following
        if tick >= since:
            yield tick, start if length is None else tick - length, tick


def _rule(schedule: Any, version: int) -> tuple[Any, timedelta | None]:
    """The ticks and the length of the interval of a run, None where it is the time between two."""
    if isinstance(schedule, Timetable):
        return schedule.ticks, schedule.length
    return schedule, None if version < 3 else _ZERO


def _catches_up(dag: DAG) -> bool:
    options: Any = dag
    return bool(options.catchup)


def _first_multiple(
    dag: DAG, since: datetime, distance: timedelta, length: timedelta | None
) -> datetime:
    """The first tick of a timedelta: Airflow counts from the start date when it catches up.

    Observed in Airflow 2.11.2: without catching up, intervals are multiples of the timedelta since 1970.
    """
    starts = [task.start_date for task in dag.tasks if task.start_date is not None]
    starts += [dag.start_date] if dag.start_date is not None else []
    follows_clock = length is None and not _catches_up(dag)
    anchor: datetime = _EPOCH if follows_clock or not starts else min(starts)
    return anchor + distance * -((anchor - since) // distance)
