"""What the trace says of a DAG's schedule: `subject.schedule` of `docs/reference/trace.md`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from itertools import islice, pairwise
from statistics import median_low
from typing import TYPE_CHECKING, Any

from daglight.errors import DaglightError, unsupported_uses
from daglight.exceptions import AirflowException
from daglight.scheduled_runs import Run, is_anchored, kind_of, scheduled_runs

if TYPE_CHECKING:
    from daglight.dag import DAG

__all__ = ["schedule_of"]

Runs = Callable[[datetime], Iterator[Run]]
_EARLIEST = 2024
_DEFAULT_RUNS = 16
_SHOWN = 10
_BEFORE = 4  # runs of a window that start before the clock is changed
_DAY = timedelta(days=1)


def schedule_of(dag: DAG, version: int) -> dict[str, Any]:
    """The schedule; what daglight cannot compute is of kind `unknown`, with the reason."""
    options: Any = dag
    found: dict[str, Any] = {
        "kind": kind_of(dag),
        "reason": None,
        "anchored": True,
        "catchup": bool(options.catchup),
        "paused": options.is_paused_upon_creation,
        "max_active_runs": options.max_active_runs,
        "max_active_runs_default": _DEFAULT_RUNS,
        "end_date": dag.end_date.isoformat() if dag.end_date else None,
        "tags": sorted(str(tag) for tag in dag.tags),
        "windows": [],
    }
    if found["kind"] != "time":
        return found
    known = len(unsupported_uses)
    try:
        found["anchored"] = is_anchored(dag, version)
        found["windows"] = _windows(dag, lambda since: scheduled_runs(dag, since, version=version))
    except (DaglightError, AirflowException, ValueError, TypeError, AttributeError) as error:
        del unsupported_uses[known:]  # the run itself may have no need of it
        found.update(kind="unknown", reason=str(error))
    return found


def _windows(dag: DAG, runs: Runs) -> list[dict[str, Any]]:
    """Ten runs each: in winter, in summer, and over each of two changes of the clock."""
    year = max(_EARLIEST, dag.start_date.year + 2 if dag.start_date else 0)
    first = datetime(year, 1, 1, tzinfo=timezone.utc)
    summer = datetime(year, 7, 1, tzinfo=timezone.utc)
    found = [_window(runs, first, None), _window(runs, summer, None)]
    starts = [start for start, *_ in islice(runs(first), _SHOWN)]
    distance = median_low([later - one for one, later in pairwise(starts)])
    schedule: Any = dag.schedule
    for change in _changes(getattr(schedule, "zone", dag.timezone), first):
        since = max(first, change - distance * _BEFORE)
        found.append(_window(runs, since, change))
    return found


def _window(runs: Runs, since: datetime, change: datetime | None) -> dict[str, Any]:
    shown = list(islice(runs(since), _SHOWN))
    return {
        "from": _iso(since),
        "change": _iso(change) if change else None,
        "start_times": [_iso(at) for at, *_ in shown],
        "intervals": [[_iso(start), _iso(end)] for _, start, end in shown],
    }


def _changes(zone: tzinfo, first: datetime) -> list[datetime]:
    """The moments of the year from `first` on at which the clock of the zone is changed, two at most."""
    days = [first + _DAY * number for number in range(367)]
    offsets = [_offset(zone, day) for day in days]
    around = [at for at in range(366) if offsets[at] != offsets[at + 1]]
    return [_change(zone, days[at]) for at in around[:2]]


def _change(zone: tzinfo, day: datetime) -> datetime:
    """The change within a day, to the minute."""
    before, after = 0, 24 * 60
    while after - before > 1:
        middle = (before + after) // 2
        same = _offset(zone, day + timedelta(minutes=middle)) == _offset(zone, day)
        before, after = (middle, after) if same else (before, middle)
    return day + timedelta(minutes=after)


def _offset(zone: tzinfo, moment: datetime) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()


def _iso(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat()
