"""Where the runs of a schedule fall: what Airflow counts intervals from, and changes of the clock.

Observed in Airflow 2.11.2 and 3.3.2 (`airflow.timetables`), and in `get_dates` of Prefect 3.8.8.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from zoneinfo import ZoneInfo

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
# Years long enough for a rule to meet each day of the week and of the month.
_YEARS = (2024, 2036)
_DAY, _SECOND = datetime.timedelta(days=1), datetime.timedelta(seconds=1)


def interval_anchor(start: str | None, seconds: float, *, from_epoch: bool) -> str | None:
    """The moment that runs of an interval are counted from, in ISO form and UTC.

    `start` is the start date, None where only a run knows it. With `from_epoch` the runs are at multiples of
    the interval since 1970: Airflow 2 rounds so when it does not catch up, whatever the start date is.
    """
    length = datetime.timedelta(seconds=seconds)
    moment = (
        datetime.datetime.fromisoformat(start).astimezone(datetime.timezone.utc) if start else None
    )
    if not from_epoch or length <= datetime.timedelta():
        return moment.isoformat() if moment else None
    return (_EPOCH + length * -((_EPOCH - (moment or _EPOCH)) // length)).isoformat()


@cache
def meets_clock_change(cron: str, zone: str) -> bool:
    """Whether a cron line has a time that a change of the clock of its zone leaves out or shows twice.

    Airflow takes the later one of two such moments and Prefect the earlier one, and of a line that runs every
    hour Prefect leaves out the runs of the hour that comes twice.
    """
    from croniter import CroniterBadDateError, croniter

    try:
        for first, end in _hours_of_changes(zone):
            if croniter(cron, first - _SECOND).get_next(datetime.datetime) < end:
                return True
    except CroniterBadDateError:  # there is no 30th of February
        return False
    return False


@cache
def _hours_of_changes(zone: str) -> tuple[tuple[datetime.datetime, datetime.datetime], ...]:
    """The times on the wall clock that changes leave out or show twice: first, and first one after them."""
    return tuple(sorted(_changed(ZoneInfo(zone))))


def _changed(zone: ZoneInfo) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
    day = datetime.datetime(_YEARS[0], 1, 1, tzinfo=datetime.timezone.utc)
    while day.year < _YEARS[1]:
        if _offset(zone, day) != _offset(zone, day + _DAY):
            change = _change(zone, day)
            walls = [change + _offset(zone, one) for one in (day, day + _DAY)]
            yield min(walls).replace(tzinfo=None), max(walls).replace(tzinfo=None)
        day += _DAY


def _change(zone: ZoneInfo, day: datetime.datetime) -> datetime.datetime:
    """The change within a day, to the minute."""
    before, after = 0, 24 * 60
    while after - before > 1:
        middle = (before + after) // 2
        same = _offset(zone, day + datetime.timedelta(minutes=middle)) == _offset(zone, day)
        before, after = (middle, after) if same else (before, middle)
    return day + datetime.timedelta(minutes=after)


def _offset(zone: ZoneInfo, moment: datetime.datetime) -> datetime.timedelta:
    found = moment.astimezone(zone).utcoffset()
    assert found is not None  # a zone of the database has one
    return found
