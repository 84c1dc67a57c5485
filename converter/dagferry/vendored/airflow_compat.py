"""Airflow's rules for converted flows: dates, templates, trigger rules, XCom.

Written by dagferry for the flows beside it; it belongs to you: edit it freely.

It needs Prefect 3 and what Prefect installs (jinja2, croniter), and never imports
Airflow. Its parts, from top to bottom:

    exceptions      what task bodies raise
    dates           `airflow_run`: the logical date, its interval and their names
    templates       Jinja with Airflow's settings, names, filters and macros
    XCom            values between tasks, `ti` and the context of a task
    trigger rules   run, skip or give up, as a function of the upstream outcomes
    the graph       `TaskGraph`: Airflow's scheduling over Prefect futures
    tasks           `bash`, `skips`, callbacks, `Variable`, `missing`
"""

from __future__ import annotations

import collections.abc
import contextlib
import contextvars
import copy
import functools
import graphlib
import inspect
import itertools
import json
import os
import queue
import random
import re
import selectors
import signal
import subprocess
import tempfile
import threading
import time
import types
import uuid
from collections import Counter, deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn
from zoneinfo import ZoneInfo

import prefect.runtime
from prefect import Flow, Task, allow_failure, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.states import Completed
from prefect.variables import Variable as PrefectVariable

if TYPE_CHECKING:
    from typing import Self

__all__ = [
    "AIRFLOW_2",
    "AIRFLOW_3",
    "TIMEZONE",
    "AirflowException",
    "AirflowFailException",
    "AirflowRun",
    "AirflowSkipException",
    "DagCycleError",
    "DuplicateTaskIdFound",
    "Node",
    "TaskGraph",
    "TaskInstance",
    "Upstream",
    "Variable",
    "airflow_run",
    "bash",
    "chain",
    "cross_downstream",
    "days_ago",
    "decide",
    "missing",
    "on_execute",
    "on_failure",
    "on_success",
    "retry_unless_final",
    "skips",
    "template",
]


# --- exceptions -----------------------------------------------------------------------


class AirflowException(Exception):
    """The base of Airflow's exceptions; from a task body it means "failed"."""


class AirflowSkipException(AirflowException):
    """A body raises this to be skipped; put `skips` under `@task` for it to work."""


class AirflowFailException(AirflowException):
    """A body raises this to fail without another try; see `retry_unless_final`."""


class DuplicateTaskIdFound(AirflowException):
    """Two nodes of one graph have the same id."""


class DagCycleError(AirflowException):
    """The graph leads from a node back to itself."""


# What stands for "not given" where None is a value.
_ABSENT: Any = object()


# --- dates ----------------------------------------------------------------------------

_UTC = ZoneInfo("UTC")
_PRESETS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_current_run: contextvars.ContextVar[AirflowRun | None] = contextvars.ContextVar(
    "airflow_run", default=None
)


def _croniter() -> Any:
    """The reader of cron lines that Airflow and Prefect share; Prefect carries a copy."""
    try:
        from croniter import croniter
    except ImportError:
        from prefect._vendor.croniter import croniter
    return croniter


class _CronSchedule:
    """The ticks of a cron line, on the wall clock of the DAG's time zone.

    Airflow reckons with naive local times and puts the zone back afterwards, so that
    06:00 stays 06:00 over a change of the clock (CronDataIntervalTimetable).
    """

    def __init__(self, line: str, zone: ZoneInfo) -> None:
        self.line = line
        self.zone = zone

    def after(self, moment: datetime) -> datetime:
        return self._tick(moment, backwards=False)

    def before(self, moment: datetime) -> datetime:
        return self._tick(moment, backwards=True)

    def last(self, moment: datetime) -> datetime:
        """The tick at `moment`, or else the one before it."""
        before = self.before(moment)
        return moment if self.after(before) == moment else before

    def _tick(self, moment: datetime, *, backwards: bool) -> datetime:
        croniter = _croniter()
        wall_clock = moment.astimezone(self.zone).replace(tzinfo=None)
        ticks = croniter(self.line, wall_clock)
        tick = ticks.get_prev(datetime) if backwards else ticks.get_next(datetime)
        if ticks.expanded[1] in (["*"], list(range(24))):
            # An hourly line fires in both of the two hours that autumn makes of one.
            return moment + (tick - wall_clock)
        return self._to_utc(tick)

    def _to_utc(self, wall_clock: datetime) -> datetime:
        # Airflow takes the later of two readings: the second 02:30 of autumn, and
        # 03:30 for the 02:30 that spring leaves out.
        readings = (wall_clock.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        return max(reading.astimezone(_UTC) for reading in readings)


class _DeltaSchedule:
    """A fixed distance between runs; there are no ticks to align to."""

    def __init__(self, delta: timedelta) -> None:
        self.delta = delta

    def after(self, moment: datetime) -> datetime:
        return moment + self.delta

    def before(self, moment: datetime) -> datetime:
        return moment - self.delta

    def last(self, moment: datetime) -> datetime:
        return moment


_Schedule = _CronSchedule | _DeltaSchedule | None


def _read_schedule(schedule: str | timedelta | None, zone: str) -> _Schedule:
    if schedule is None or schedule in ("@once", "@continuous"):
        return None
    if isinstance(schedule, str):
        return _CronSchedule(_PRESETS.get(schedule, schedule), ZoneInfo(zone))
    return _DeltaSchedule(schedule)


class _Dates(NamedTuple):
    """What Airflow knows about the time of one run."""

    run_type: str
    logical: datetime
    start: datetime
    end: datetime
    previous: datetime | None
    following: datetime | None


def _dates_asked(schedule: _Schedule, logical: datetime) -> _Dates:
    """A run for a given date: `dag.test(logical_date)`.

    The interval is the last complete one (`infer_manual_data_interval`); the dates
    before and after are those of the schedule.
    """
    if schedule is None:
        return _Dates("manual", logical, logical, logical, None, None)
    end = schedule.last(logical)
    before = schedule.before(logical)
    start, following = schedule.before(end), schedule.last(end)
    return _Dates("manual", logical, start, end, before, following)


def _dates_triggered(schedule: _Schedule, moment: datetime) -> _Dates:
    """A run that somebody started: previous and next date are the date itself."""
    asked = _dates_asked(schedule, moment)
    return asked._replace(previous=moment, following=moment)


def _dates_scheduled(schedule: _Schedule, moment: datetime) -> _Dates:
    """A run that the schedule started, at the end of its interval."""
    if schedule is None:
        return _Dates("scheduled", moment, moment, moment, None, None)
    start = schedule.before(moment)
    if start == moment:
        # In spring, the tick that the clock leaves out falls on a later one.
        start = schedule.last(moment - timedelta(hours=1))
    return _Dates("scheduled", start, start, moment, schedule.before(start), moment)


def _choose_dates(schedule: _Schedule, logical_date: datetime | None) -> _Dates:
    if logical_date is not None:
        return _dates_asked(schedule, _utc(logical_date))
    moment = _utc(prefect.runtime.flow_run.scheduled_start_time)
    if _started_by_schedule():
        return _dates_scheduled(schedule, moment)
    return _dates_triggered(schedule, moment)


def _started_by_schedule() -> bool:
    """Whether a deployment's schedule made this run, as Prefect notes on it."""
    context = FlowRunContext.get()
    return bool(context and getattr(context.flow_run, "auto_scheduled", False))


def _utc(moment: datetime) -> datetime:
    """In UTC, as Airflow stores it; a naive one is taken for UTC."""
    plain = datetime.fromisoformat(moment.isoformat())
    if plain.tzinfo is None:
        return plain.replace(tzinfo=_UTC)
    return plain.astimezone(_UTC)


def airflow_run(
    logical_date: datetime | None = None,
    *,
    schedule: str | timedelta | None = None,
    timezone: str = "UTC",
    airflow: int = 2,
    dag_id: str | None = None,
    params: Mapping[str, Any] | None = None,
    conf: Mapping[str, Any] | None = None,
    user_defined_macros: Mapping[str, Any] | None = None,
    user_defined_filters: Mapping[str, Callable[..., Any]] | None = None,
) -> AirflowRun:
    """The Airflow side of this flow run: its dates, params and names for templates.

    `schedule` is the DAG's: a cron line or preset, a timedelta, or None. With
    `airflow=2` a run covers the interval that ends when it starts, and its logical date
    is the interval's start; with `airflow=3` start, end and logical date are one
    moment. Without `logical_date` the moment is the one this flow run was scheduled
    for. `conf` is what the run was triggered with; it overrides `params`.
    """
    ticks = _read_schedule(schedule, timezone) if airflow == 2 else None
    run = AirflowRun(
        _choose_dates(ticks, logical_date),
        airflow=airflow,
        dag_id=dag_id or prefect.runtime.flow_run.flow_name or "",
        params={**(params or {}), **(conf or {})},
        conf=dict(conf or {}),
    )
    run._macros.update(user_defined_macros or {})
    run._filters.update(user_defined_filters or {})
    _current_run.set(run)
    return run


# Airflow's `default_timezone`, where the installation has none of its own.
TIMEZONE = _UTC
# The versions of Airflow that code asks for; set them to yours.
AIRFLOW_2 = "2.11.2"
AIRFLOW_3 = "3.3.2"


def days_ago(
    n: int, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0
) -> datetime:
    """Midnight in UTC, `n` days ago, or the given time on that day."""
    day = datetime.now(_UTC) - timedelta(days=n)
    return day.replace(hour=hour, minute=minute, second=second, microsecond=microsecond)


class NoConversionError(NotImplementedError, AttributeError):
    """What Airflow's object has and that of a flow does not; `hasattr` says so, too."""


def _lacking(owner: str, name: str) -> AttributeError:
    if name.startswith("__"):
        return AttributeError(name)
    return NoConversionError(f"`{owner}.{name}` of Airflow has no conversion (DF410)")


class _Part(types.SimpleNamespace):
    """`dag`, `dag_run` or `task`, with what of it there is in a flow."""

    def __init__(self, called: str, **parts: Any) -> None:
        super().__init__(**parts)
        self.__dict__["_called"] = called

    def __getattr__(self, name: str) -> NoReturn:
        raise _lacking(self.__dict__.get("_called", ""), name)


class AirflowRun:
    """One DAG run as Airflow's context describes it: every attribute is a context name.

    https://airflow.apache.org/docs/apache-airflow/stable/templates-ref.html
    """

    def __init__(
        self,
        dates: _Dates,
        *,
        airflow: int,
        dag_id: str,
        params: dict[str, Any],
        conf: dict[str, Any],
    ) -> None:
        self._airflow = airflow
        self._flow_run_id = prefect.runtime.flow_run.id
        self._macros: dict[str, Any] = {}
        self._filters: dict[str, Callable[..., Any]] = dict(_FILTERS)
        self.logical_date = dates.logical
        self.data_interval_start = dates.start
        self.data_interval_end = dates.end
        self.ds = _ds(dates.logical)
        self.ds_nodash = _ds_nodash(dates.logical)
        self.ts = _ts(dates.logical)
        self.ts_nodash = _ts_nodash(dates.logical)
        self.ts_nodash_with_tz = _ts_nodash_with_tz(dates.logical)
        self.run_id = f"{dates.run_type}__{dates.logical.isoformat()}"
        self.params = params
        self.dag = _Part("dag", dag_id=dag_id)
        self.dag_run = self._describe(dates.run_type, conf)
        self.macros = _Macros()
        self.var = {"value": _Variables(), "json": _Variables(deserialize_json=True)}
        if airflow == 2:
            self._add_names_of_airflow_2(dates)

    def _describe(self, run_type: str, conf: dict[str, Any]) -> _Part:
        return _Part(
            "dag_run",
            conf=conf,
            dag_id=self.dag.dag_id,
            data_interval_end=self.data_interval_end,
            data_interval_start=self.data_interval_start,
            logical_date=self.logical_date,
            run_id=self.run_id,
            run_type=run_type,
        )

    def _add_names_of_airflow_2(self, dates: _Dates) -> None:
        """The names that Airflow 3 removed."""
        day = timedelta(days=1)
        self.execution_date = self.dag_run.execution_date = dates.logical
        self.prev_execution_date = dates.previous
        self.prev_ds = _ds(dates.previous)
        self.prev_ds_nodash = _ds_nodash(dates.previous)
        self.next_execution_date = dates.following
        self.next_ds = _ds(dates.following)
        self.next_ds_nodash = _ds_nodash(dates.following)
        self.yesterday_ds = _ds(dates.logical - day)
        self.yesterday_ds_nodash = _ds_nodash(dates.logical - day)
        self.tomorrow_ds = _ds(dates.logical + day)
        self.tomorrow_ds_nodash = _ds_nodash(dates.logical + day)

    def context(self) -> dict[str, Any]:
        """Airflow's context of this run, without what belongs to a single task."""
        return {k: v for k, v in vars(self).items() if not k.startswith("_")}

    def render(self, value: Any, **names: Any) -> Any:
        """`value` with every text in it rendered, in lists, tuples, sets and dicts."""
        context = {**self.context(), **names}
        return _walk(value, lambda text: self._render_text(text, context))

    def _render_text(self, text: Any, context: Mapping[str, Any]) -> Any:
        if not isinstance(text, str):
            return text
        return self._jinja.from_string(text).render(context)

    @functools.cached_property
    def _jinja(self) -> Any:
        return _make_jinja(self._macros, self._filters)


# --- templates ------------------------------------------------------------------------


def _ds(moment: date | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%d")


def _ds_nodash(moment: date | None) -> str | None:
    return None if moment is None else moment.strftime("%Y%m%d")


def _ts(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _ts_nodash(moment: date | None) -> str | None:
    return None if moment is None else moment.strftime("%Y%m%dT%H%M%S")


def _ts_nodash_with_tz(moment: date | None) -> str | None:
    text = _ts(moment)
    return None if text is None else text.replace("-", "").replace(":", "")


_FILTERS: dict[str, Callable[..., Any]] = {
    "ds": _ds,
    "ds_nodash": _ds_nodash,
    "ts": _ts,
    "ts_nodash": _ts_nodash,
    "ts_nodash_with_tz": _ts_nodash_with_tz,
}


class _Macros:
    """What Airflow's templates find under `macros`."""

    datetime = datetime
    json = json
    random = staticmethod(random.random)
    time = time
    timedelta = timedelta
    uuid = uuid

    @property
    def dateutil(self) -> types.ModuleType:
        """The dateutil package, where it is installed."""
        import dateutil.parser
        import dateutil.relativedelta
        import dateutil.rrule
        import dateutil.tz

        return dateutil

    @staticmethod
    def ds_add(ds: str, days: int) -> str:
        """`ds_add("2024-01-31", 1)` is `"2024-02-01"`."""
        moved = datetime.strptime(str(ds), "%Y-%m-%d") + timedelta(days=days)
        return moved.strftime("%Y-%m-%d")

    @staticmethod
    def ds_format(ds: str, input_format: str, output_format: str) -> str:
        """`ds_format("2024-01-31", "%Y-%m-%d", "%d.%m.")` is `"31.01."`."""
        return datetime.strptime(str(ds), input_format).strftime(output_format)


class _Variables:
    """`var.value.x` and `var.json.x` in templates."""

    def __init__(self, *, deserialize_json: bool = False) -> None:
        self._deserialize_json = deserialize_json

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__"):
            raise AttributeError(key)
        return self.get(key)

    def get(self, key: str, default: Any = _ABSENT) -> Any:
        return Variable.get(key, default, self._deserialize_json)


def _make_jinja(macros: Mapping[str, Any], filters: Mapping[str, Any]) -> Any:
    """Jinja as `DAG.get_template_env` sets it up: unknown names are errors."""
    import jinja2
    from jinja2 import sandbox

    class Sandbox(sandbox.SandboxedEnvironment):
        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            # Airflow lets templates read names with one leading underscore.
            return not sandbox.is_internal_attribute(obj, attr)

    jinja = Sandbox(undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.do"])
    jinja.globals.update(macros)
    jinja.filters.update(filters)
    return jinja


class _Template:
    """A value to render when the node runs; unpacked, that many arguments it is then."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __iter__(self) -> Iterator[Any]:
        return iter([_Rest(self)])

    def keys(self) -> Iterable[str]:
        # Under names of their own, some would be options of `TaskGraph.add`.
        return [_UNPACKED]

    def __getitem__(self, _: str) -> Any:
        return _Rest(self)


def template(value: Any) -> _Template:
    """An argument of a node that Jinja renders when the node runs.

    Unpacked, `*template([...])` and `**template({...})`, it gives arguments to render,
    or what a node returns, if `value` is one.
    """
    return _Template(value)


def _walk(value: Any, leaf: Callable[[Any], Any]) -> Any:
    """`value` with `leaf` applied inside lists, tuples, sets and dicts' values."""
    if isinstance(value, (_Template, Node, _Key, _Rest)):
        return leaf(value)
    if isinstance(value, dict):
        return {key: _walk(item, leaf) for key, item in value.items()}
    if hasattr(value, "_fields") and isinstance(value, tuple):
        return type(value)(*(_walk(item, leaf) for item in value))
    for kind in (list, tuple, set):
        if isinstance(value, kind):
            return kind(_walk(item, leaf) for item in value)
    return leaf(value)


# --- XCom and the context of a task ---------------------------------------------------

_RETURN = "return_value"


class _XComs:
    """What the tasks of one run left for each other, the latest last."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()

    def push(self, task_id: str, key: str, value: Any) -> None:
        with self._lock:
            self._values.pop((task_id, key), None)
            self._values[task_id, key] = value

    def forget(self, task_id: str) -> None:
        with self._lock:
            for entry in [entry for entry in self._values if entry[0] == task_id]:
                del self._values[entry]

    def of(self, task_id: str, key: str, default: Any = None) -> Any:
        """One task's value under a key."""
        with self._lock:
            return _copied(self._values.get((task_id, key), default))

    def latest(
        self, key: str | None, default: Any = None, task_id: str | None = None
    ) -> Any:
        """What was left last; without a key or a task, under any or by any."""
        with self._lock:
            found = [
                value
                for (task, k), value in self._values.items()
                if key in (None, k) and task_id in (None, task)
            ]
        return _copied(found[-1]) if found else default


def _copied(value: Any) -> Any:
    """A copy, as Airflow's storage gives one: who changes it changes nobody else's."""
    if value is _ABSENT:
        return value
    try:
        return copy.deepcopy(value)
    except Exception:  # noqa: BLE001 - what cannot be copied is handed on as it is
        return value


class _LazySelectSequence(list[Any]):
    """What several ids give in Airflow 2: a list that prints its length alone."""

    def __repr__(self) -> str:
        return f"LazySelectSequence([{len(self)} {'item' if len(self) == 1 else 'items'}])"


class TaskInstance:
    """`ti`: what a task body may ask of its own run."""

    map_index = -1
    log_url = None
    state = "running"

    def __init__(self, task_id: str, run: AirflowRun, xcoms: _XComs) -> None:
        self.task_id = task_id
        self.dag_id = run.dag.dag_id
        self.dag_run = run.dag_run
        self.run_id = run.run_id
        self.logical_date = run.logical_date
        if run._airflow == 2:
            self.execution_date = run.logical_date
        self.task = _Part("task", task_id=task_id, dag_id=self.dag_id)
        self.__xcoms__: dict[str, Any] = {}
        self._airflow = run._airflow
        self._xcoms = xcoms
        self._pushed_in = 0
        self._try_number: int | None = None

    @property
    def try_number(self) -> int:
        """1 in the first try."""
        return self._try_number or prefect.runtime.task_run.run_count or 1

    def __getattr__(self, name: str) -> NoReturn:
        raise _lacking("ti", name)

    def xcom_push(
        self, key: str, value: Any, execution_date: Any = None, session: Any = None
    ) -> None:
        """Leave `value` for other tasks. A new try forgets what earlier ones left."""
        if execution_date not in (None, self.logical_date):
            raise NotImplementedError("XComs of other runs are not here")
        if self._pushed_in != self.try_number:
            self._pushed_in = self.try_number
            self.__xcoms__.clear()
            self._xcoms.forget(self.task_id)
        # Airflow stores what the value is now; what happens to it later changes nothing.
        value = _copied(value)
        self.__xcoms__[key] = value
        self._xcoms.push(self.task_id, key, value)

    def xcom_pull(
        self,
        task_ids: str | Iterable[str] | None = None,
        dag_id: str | None = None,
        key: str | None = _RETURN,
        include_prior_dates: bool = False,
        *,
        map_indexes: Any = _ABSENT,
        default: Any = None,
    ) -> Any:
        """What other tasks of this run left so far; there is no way to other DAGs.

        One id gives one value. Several give a list, from which Airflow 2 leaves out
        those that left nothing. Without ids, Airflow 2 takes the latest value of that
        key and Airflow 3 looks at this task alone. Airflow 3 takes the default only
        where map indexes are asked for.
        """
        if dag_id not in (None, self.dag_id):
            raise NotImplementedError(f"XComs of another DAG ({dag_id}) are not here")
        if include_prior_dates:
            raise NotImplementedError("XComs of earlier runs are not here")
        if key is None:
            return self._of_any_key(task_ids, map_indexes, default)
        if map_indexes is not _ABSENT and (map_indexes is not None or self._airflow > 2):
            return self._of_indexes(task_ids, key, map_indexes, default)
        default = default if self._airflow == 2 else None
        if task_ids is None and self._airflow == 2:
            return self._xcoms.latest(key, default)
        if task_ids is None or isinstance(task_ids, str):
            return self._xcoms.of(task_ids or self.task_id, key, default)
        absent = _ABSENT if self._airflow == 2 else default
        found = [self._xcoms.of(task_id, key, absent) for task_id in self._named_once(task_ids)]
        return self._listed([value for value in found if value is not _ABSENT])

    def _listed(self, values: list[Any]) -> list[Any]:
        return _LazySelectSequence(values) if self._airflow == 2 else values

    def _of_any_key(self, task_ids: Any, map_indexes: Any, default: Any) -> Any:
        """Airflow 2 takes what one task, or any, left last; Airflow 3 wants a key."""
        if self._airflow > 2:
            raise ValueError("expected a key of an XCom, found None")
        if not isinstance(task_ids, (str, type(None))) or map_indexes is not _ABSENT:
            raise NotImplementedError("XComs of several tasks need a key: no order is certain")
        return self._xcoms.latest(None, default, task_ids)

    def _of_indexes(self, task_ids: Any, key: str, map_indexes: Any, default: Any) -> Any:
        """No task of a graph is mapped: whatever one left has the index -1."""
        if task_ids is None or map_indexes is None:
            raise NotImplementedError("`map_indexes` needs ids of tasks and is no None here")
        ids = self._named_once([task_ids] if isinstance(task_ids, str) else task_ids)
        single = isinstance(map_indexes, int)
        indexes = self._named_once([map_indexes] if single else map_indexes)
        found = [
            self._xcoms.of(task_id, key, _ABSENT) if index == -1 else _ABSENT
            for task_id in ids
            for index in indexes
        ]
        if self._airflow > 2:
            # It takes None for no value where it looks for a single one.
            found = [_ABSENT if value is None else value for value in found]
        if single and isinstance(task_ids, str):
            return default if found[0] is _ABSENT else found[0]
        if self._airflow == 2:
            return self._listed([value for value in found if value is not _ABSENT])
        return [default if value is _ABSENT else value for value in found]

    def _named_once(self, listed: Iterable[Any]) -> list[Any]:
        """Airflow 2 takes what is named twice for the last of the two."""
        if self._airflow > 2:
            return list(listed)
        return list(dict.fromkeys(reversed(list(listed))))[::-1]

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"`ti` of task {self.task_id!r} cannot leave its process: it reads and"
            " writes the XComs of a running TaskGraph. Use ThreadPoolTaskRunner"
        )


class _NotInFlows:
    """What Airflow's context has and a flow does not; any use but `repr` and `is` raises."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return f"<{self._name!r} of Airflow's context, which a flow does not have>"

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError(
            f"{self._name!r} of Airflow's context has no conversion (DF405)"
        )

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            # What Prefect looks for in any argument.
            raise AttributeError(name)
        self._refuse()

    __bool__ = __call__ = __contains__ = __format__ = __getitem__ = __int__ = _refuse
    __iter__ = __len__ = __lt__ = __gt__ = __reduce_ex__ = __str__ = _refuse
    __eq__ = __ne__ = __hash__ = _refuse  # type: ignore[assignment]


# The names that the contexts of 2.11.2 and 3.3.2 have besides those of a flow.
_NOT_IN_FLOWS_OF_EITHER = (
    "conn",
    "inlet_events",
    "inlets",
    "map_index_template",
    "outlet_events",
    "outlets",
    "prev_data_interval_end_success",
    "prev_data_interval_start_success",
    "prev_end_date_success",
    "prev_start_date_success",
)
_NOT_IN_FLOWS = {
    2: (
        *_NOT_IN_FLOWS_OF_EITHER,
        "conf",
        "expanded_ti_count",
        "prev_execution_date_success",
        "test_mode",
        "triggering_dataset_events",
    ),
    3: (
        *_NOT_IN_FLOWS_OF_EITHER,
        "partition_date",
        "partition_key",
        "task_reschedule_count",
        "task_state_store",
        "triggering_asset_events",
    ),
}


def _task_context(run: AirflowRun, ti: TaskInstance) -> dict[str, Any]:
    key = f"{ti.dag_id}__{ti.task_id}__{run.ds_nodash}"
    return {
        **{name: _NotInFlows(name) for name in _NOT_IN_FLOWS[run._airflow]},
        **run.context(),
        "task": ti.task,
        "task_instance": ti,
        "task_instance_key_str": key,
        "templates_dict": None,
        "ti": ti,
    }


def _wanted(
    body: Callable[..., Any],
    args: Sequence[Any],
    context: Mapping[str, Any],
    airflow: int = 2,
) -> dict[str, Any]:
    """The part of `context` that `body` asks for (Airflow's `determine_kwargs`).

    A body gets what its parameters name, or everything when it takes `**kwargs`. A
    positional argument must not fall on a parameter that has a context name; Airflow 2
    counts those that only a keyword can fill, too.
    """
    parameters = inspect.signature(body).parameters
    for name in list(parameters)[: len(args)]:
        by_keyword = parameters[name].kind is inspect.Parameter.KEYWORD_ONLY
        if name in context and not (by_keyword and airflow > 2):
            raise ValueError(
                f"The key {name!r} in args is a part of kwargs and therefore reserved."
            )
    for name in parameters:
        if isinstance(value := context.get(name), _NotInFlows):
            # Airflow fills it whatever its default; a default would be another value.
            value._refuse()
    if any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        return dict(context)
    return {name: context[name] for name in parameters if name in context}


# --- trigger rules --------------------------------------------------------------------

SUCCESS = "success"
FAILED = "failed"
SKIPPED = "skipped"
UPSTREAM_FAILED = "upstream_failed"
RUN = "run"


class Upstream(NamedTuple):
    """One direct upstream of a node: its outcome, None while it has none.

    `round` is the one in which it ended, or the first in which it can: `_first_verdict`.
    """

    outcome: str | None
    round: int = 0
    setup: bool = False


class _Counts:
    """How many upstreams ended how."""

    def __init__(self, upstreams: Iterable[Upstream]) -> None:
        self.upstreams = list(upstreams)
        outcomes = Counter(upstream.outcome for upstream in self.upstreams)
        self.success = outcomes[SUCCESS]
        self.failed = outcomes[FAILED]
        self.skipped = outcomes[SKIPPED]
        self.bad = outcomes[FAILED] + outcomes[UPSTREAM_FAILED]
        self.total = len(self.upstreams)
        self.done = outcomes[None] == 0

    def finally_(self, verdict: str) -> str | None:
        """`verdict` once every upstream has ended, and until then: wait."""
        return verdict if self.done else None


def _first_verdict(c: _Counts) -> str | None:
    """`all_success`: the first failure or skip decides, without waiting for the rest.

    Airflow looks again whenever tasks have ended. Which of two ends it sees first is
    settled here by rounds, so that a run always gives the same answer; in one round a
    failure weighs more than a skip.
    """
    ends = [up for up in c.upstreams if up.outcome not in (None, SUCCESS)]
    if not ends:
        return c.finally_(RUN)
    first = min(up.round for up in ends)
    if any(up.outcome is None and up.round <= first for up in c.upstreams):
        return None
    bad = any(up.outcome != SKIPPED for up in ends if up.round == first)
    return UPSTREAM_FAILED if bad else SKIPPED


def _after_setups(c: _Counts) -> str | None:
    """`all_done_setup_success`: if there were setups, one of them must have worked."""
    setups = _Counts(up for up in c.upstreams if up.setup)
    if setups.total == 0 or setups.success:
        return c.finally_(RUN)
    return c.finally_(SKIPPED if setups.skipped == setups.total else UPSTREAM_FAILED)


_RULES: dict[str, Callable[[_Counts], str | None]] = {
    "all_success": _first_verdict,
    "all_failed": lambda c: SKIPPED if c.success or c.skipped else c.finally_(RUN),
    "all_done": lambda c: c.finally_(RUN),
    "all_done_min_one_success": lambda c: (
        SKIPPED if c.skipped else c.finally_(RUN if c.success else UPSTREAM_FAILED)
    ),
    "all_done_setup_success": _after_setups,
    "all_skipped": lambda c: SKIPPED if c.success or c.bad else c.finally_(RUN),
    "one_success": lambda c: (
        RUN if c.success else c.finally_(UPSTREAM_FAILED if c.bad else SKIPPED)
    ),
    "one_failed": lambda c: RUN if c.bad else c.finally_(SKIPPED),
    "one_done": lambda c: RUN if c.success or c.failed else c.finally_(SKIPPED),
    "none_failed": lambda c: UPSTREAM_FAILED if c.bad else c.finally_(RUN),
    "none_failed_min_one_success": lambda c: (
        UPSTREAM_FAILED if c.bad else c.finally_(RUN if c.success else SKIPPED)
    ),
    "none_skipped": lambda c: SKIPPED if c.skipped else c.finally_(RUN),
    "always": lambda _: RUN,
}
_BAD = frozenset({FAILED, UPSTREAM_FAILED})
# Rule and verdict -> the outcomes of which one, upstream, is enough for it.
_ENOUGH: dict[tuple[str, str], frozenset[str]] = {
    ("all_success", SKIPPED): frozenset({SKIPPED}),
    ("all_success", UPSTREAM_FAILED): _BAD,
    ("all_failed", SKIPPED): frozenset({SUCCESS, SKIPPED}),
    ("all_done_min_one_success", SKIPPED): frozenset({SKIPPED}),
    ("all_skipped", SKIPPED): _BAD | {SUCCESS},
    ("one_success", RUN): frozenset({SUCCESS}),
    ("one_failed", RUN): _BAD,
    ("one_done", RUN): frozenset({SUCCESS, FAILED}),
    ("none_failed", UPSTREAM_FAILED): _BAD,
    ("none_failed_min_one_success", UPSTREAM_FAILED): _BAD,
    ("none_failed_or_skipped", UPSTREAM_FAILED): _BAD,
    ("none_skipped", SKIPPED): frozenset({SKIPPED}),
    ("always", RUN): frozenset(),
    ("dummy", RUN): frozenset(),
}
# The names that Airflow 2 still takes and Airflow 3 removed.
_RULES["dummy"] = _RULES["always"]
_RULES["none_failed_or_skipped"] = _RULES["none_failed_min_one_success"]


def decide(rule: str, upstreams: Iterable[Upstream]) -> str | None:
    """What becomes of a task: "run", "skipped", "upstream_failed", or None: wait.

    The rules of Airflow's `TriggerRuleDep`; a task without upstreams runs.
    https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#trigger-rules
    """
    counts = _Counts(upstreams)
    return RUN if counts.total == 0 else _RULES[rule](counts)


# --- the graph ------------------------------------------------------------------------

_open_graphs: contextvars.ContextVar[tuple[TaskGraph, ...]] = contextvars.ContextVar(
    "open_graphs", default=()
)


class _Key(NamedTuple):
    """`node["key"]`: one of the values that a node leaves."""

    node: Node
    key: str

    def __str__(self) -> str:
        """A text that holds a node holds the template that pulls its value, as in Airflow."""
        return _pulling(self.node.task_id, self.key)


class _Rest(NamedTuple):
    """All that a template renders to, as so many arguments."""

    of: _Template


_UNPACKED = "**"


def _pulling(task_id: str, key: str) -> str:
    return f"{{{{ task_instance.xcom_pull(task_ids={task_id!r}, key={key!r}) }}}}"


class Node:
    """One task of a `TaskGraph`; `a >> b` draws an edge, `[a, b] >> c` draws two."""

    # Without this, `node["key"]` would make `for x in node` count upwards for ever.
    __iter__ = None

    def __init__(self, graph: TaskGraph, task_id: str, task: Task[..., Any]) -> None:
        self.graph = graph
        self.task_id = task_id
        self.task = task
        self.args: tuple[Any, ...] = ()
        self.kwargs: dict[str, Any] = {}
        self.trigger_rule = "all_success"
        self.is_setup = self.is_teardown = self.on_failure_fail_dagrun = False
        self.upstream: dict[str, Node] = {}
        self.downstream: dict[str, Node] = {}
        # The round of Airflow's scheduler in which it ended, or the first in which it can.
        self.round = 0
        self._retried = 0
        self.future: Any = None
        self.outcome: str | None = None
        self._after: Callable[[Any], Iterable[Node]] | None = None
        self._multiple_outputs = False

    def __repr__(self) -> str:
        return f"<Node {self.task_id}>"

    def __str__(self) -> str:
        """A text that holds a node holds the template that pulls its value, as in Airflow."""
        return _pulling(self.task_id, _RETURN)

    @property
    def output(self) -> Node:
        """The node itself, as an argument of another one."""
        return self

    def __getitem__(self, key: str) -> _Key:
        return _Key(self, key)

    def set_upstream(self, nodes: Node | Iterable[Node]) -> None:
        """Let `nodes` come before this one."""
        for node in _as_list(nodes):
            if node.graph is not self.graph:
                raise AirflowException(f"{node!r} and {self!r} are of different graphs")
            self.upstream[node.task_id] = node
            node.downstream[self.task_id] = self

    def set_downstream(self, nodes: Node | Iterable[Node]) -> None:
        """Let `nodes` come after this one."""
        for node in _as_list(nodes):
            node.set_upstream(self)

    def __rshift__(self, other: Any) -> Any:
        self.set_downstream(other)
        return other

    def __lshift__(self, other: Any) -> Any:
        self.set_upstream(other)
        return other

    def __rrshift__(self, other: Any) -> Node:
        self.set_upstream(other)
        return self

    def __rlshift__(self, other: Any) -> Node:
        self.set_downstream(other)
        return self

    def as_setup(self) -> Node:
        """Mark this node as Airflow's setup: teardowns ask whether it succeeded."""
        self.is_setup = True
        return self

    def as_teardown(
        self,
        *,
        setups: Node | Iterable[Node] = (),
        on_failure_fail_dagrun: bool = False,
    ) -> Node:
        """Mark this node as Airflow's teardown: it does not decide how the run ends."""
        self.is_teardown = True
        self.on_failure_fail_dagrun = on_failure_fail_dagrun
        self.trigger_rule = "all_done_setup_success"
        for setup in _as_list(setups):
            self.set_upstream(setup.as_setup())
        return self

    def relatives(self) -> dict[str, Node]:
        """Every node that can be reached from here."""
        found: dict[str, Node] = {}
        waiting = list(self.downstream.values())
        while waiting:
            node = waiting.pop()
            if node.task_id not in found:
                found[node.task_id] = node
                waiting.extend(node.downstream.values())
        return found


def _no_arguments(**options: Any) -> None:
    """An argument of a body that has the name of an option would be lost as that option."""
    for name, value in options.items():
        if not isinstance(value, bool):
            raise TypeError(f"{name!r} is an option of the node: True or False, not {value!r}")


class TaskGraph:
    """Tasks, edges and trigger rules of a DAG; runs when its `with` block ends.

    One loop in the flow's own thread starts what its upstreams allow and hears of every
    end through the futures' callbacks. Each node becomes one Prefect task run under its
    own name: a skipped one ends `Completed` named `Skipped`, one that an upstream
    failure stopped ends `NotReady`. Results are not cached. The run ends as Airflow's
    does when the flow returns `graph.leaves`.
    """

    def __init__(self, run: AirflowRun | None = None) -> None:
        self.run = run or airflow_run()
        self.nodes: dict[str, Node] = {}
        self.leaves: list[Any] = []
        self._xcoms = _XComs()
        self._ended: queue.SimpleQueue[Node] = queue.SimpleQueue()
        self._unfinished = 0
        self._uneven = False
        self._closed = False

    @staticmethod
    def current() -> TaskGraph:
        """The innermost graph whose `with` block is open."""
        graphs = _open_graphs.get()
        if not graphs:
            raise RuntimeError("No TaskGraph is open: use `with TaskGraph() as graph:`")
        return graphs[-1]

    def __enter__(self) -> Self:
        _open_graphs.set((*_open_graphs.get(), self))
        return self

    def __exit__(self, error_type: type[BaseException] | None, *_: object) -> None:
        _open_graphs.set(_open_graphs.get()[:-1])
        self._closed = True
        if error_type is None:
            self._run()

    def add(
        self,
        task: Task[..., Any],
        /,
        *args: Any,
        trigger_rule: str = "all_success",
        unique: bool = False,
        multiple_outputs: bool = False,
        **kwargs: Any,
    ) -> Node:
        """A node that calls `task` with these arguments; its id is the task's name.

        Nodes among the arguments, at any depth, become edges and are replaced by what
        they returned. The body also gets what it asks for of Airflow's context, and as
        in Airflow, keyword arguments that it does not take are left out. With
        `unique=True` a taken id is numbered: `f`, `f__1`, `f__2`. With
        `multiple_outputs=True` each entry of the dict that it returns can be pulled too.
        """
        if not isinstance(task, Task):
            raise TypeError(f"A node needs a Prefect task, not {task!r}")
        if not isinstance(trigger_rule, str) or trigger_rule not in _RULES:
            raise AirflowException(f"{trigger_rule!r} is not a trigger rule")
        _no_arguments(unique=unique, multiple_outputs=multiple_outputs)
        if inspect.isgeneratorfunction(task.fn) or inspect.isasyncgenfunction(task.fn):
            raise NotImplementedError(f"{task.name!r} is a generator (DF411)")
        node = Node(self, self._free_id(task.name, unique=unique), task)
        node.args, node.kwargs, node.trigger_rule = args, kwargs, trigger_rule
        node._multiple_outputs = multiple_outputs
        _walk([args, kwargs], lambda leaf: _draw_edges(node, leaf))
        self.nodes[node.task_id] = node
        return node

    def branch(self, task: Task[..., Any], /, *args: Any, **kwargs: Any) -> Node:
        """As `add`, for a task that returns the id or ids of the nodes to follow.

        The other nodes directly after it are skipped, whatever their trigger rule,
        unless a followed one leads to them (BranchPythonOperator).
        """
        node = self.add(task, *args, **kwargs)
        node._after = functools.partial(self._not_followed, node)
        return node

    def short_circuit(
        self,
        task: Task[..., Any],
        /,
        *args: Any,
        ignore_downstream_trigger_rules: bool = True,
        **kwargs: Any,
    ) -> Node:
        """As `add`, for a task that skips what follows when it returns something false.

        Everything after it is skipped, or only what follows it directly when trigger
        rules shall decide about the rest (ShortCircuitOperator). Teardowns run.
        """
        _no_arguments(ignore_downstream_trigger_rules=ignore_downstream_trigger_rules)
        node = self.add(task, *args, **kwargs)

        def cut_off(result: Any) -> list[Node]:
            reach = (
                node.relatives() if ignore_downstream_trigger_rules else node.downstream
            )
            return [] if result else [n for n in reach.values() if not n.is_teardown]

        node._after = cut_off
        return node

    def _free_id(self, name: str, *, unique: bool) -> str:
        if self._closed:
            raise RuntimeError(f"{name!r} comes too late: this TaskGraph has run")
        if name not in self.nodes:
            return name
        if not unique:
            raise DuplicateTaskIdFound(f"Task id {name!r} has already been added")
        number = 1
        while f"{name}__{number}" in self.nodes:
            number += 1
        return f"{name}__{number}"

    def _not_followed(self, branch: Node, chosen: Any) -> list[Node]:
        ids = _chosen_ids(chosen)
        if unknown := sorted(ids - self.nodes.keys()):
            raise AirflowException(
                f"{branch.task_id!r} must return ids of tasks. Invalid: {unknown}"
            )
        for task_id in list(ids):
            ids |= self.nodes[task_id].relatives().keys()
        return [n for n in branch.downstream.values() if n.task_id not in ids]

    # The run.

    def _run(self) -> None:
        self._order = self._in_order()
        for node in self.nodes.values():
            self._consider(node)
        while self._unfinished:
            node = self._ended.get()
            self._unfinished -= 1
            self._finish(node)
        self.leaves = [node.future for node in self._deciding_nodes()]

    def _in_order(self) -> list[Node]:
        edges = {n.task_id: list(n.upstream) for n in self.nodes.values()}
        try:
            order = list(graphlib.TopologicalSorter(edges).static_order())
        except graphlib.CycleError as error:
            raise DagCycleError(f"Cycle: {' >> '.join(error.args[1])}") from None
        return [self.nodes[task_id] for task_id in order]

    def _look_ahead(self, ended: Node) -> None:
        """The first round in which nodes can end that nothing has decided yet.

        They count once something has failed or was skipped; then all are looked at, and
        later those that come after what has ended.
        """
        if not self._uneven and ended.outcome == SUCCESS:
            return
        first, self._uneven = not self._uneven, True
        waiting = deque(self._order if first else ended.downstream.values())
        while waiting:
            node = waiting.popleft()
            ups = node.upstream.values()
            open_rounds = [up.round for up in ups if up.outcome is None]
            found = 1 + min(open_rounds, default=0)
            if node.future is None and found > node.round:
                node.round = found
                waiting.extend(() if first else node.downstream.values())

    def _consider(self, node: Node) -> None:
        """Start the node if its trigger rule says so by now."""
        if node.future is None:
            ups = node.upstream.values()
            states = [Upstream(up.outcome, up.round, up.is_setup) for up in ups]
            verdict = decide(node.trigger_rule, states)
            if verdict is not None:
                enough = _ENOUGH.get((node.trigger_rule, verdict))
                rounds = [s.round for s in states if enough is None or s.outcome in enough]
                first_or_last = max if enough is None else min
                node.round = 1 + first_or_last(rounds, default=0)
                self._start(node, verdict)

    def _start(self, node: Node, verdict: str) -> None:
        if verdict == RUN:
            node.future = self._submit(node)
        else:
            strict = verdict == UPSTREAM_FAILED
            # What a failure stops never runs, and shows what it would have been allowed.
            kept = _allowed(node.task) if strict else {}
            stand_in = _skipped.with_options(name=node.task_id, **kept)
            node.future = stand_in.submit(wait_for=_edges(node, strict=strict))
        self._unfinished += 1
        node.future.add_done_callback(lambda _: self._ended.put(node))

    def _submit(self, node: Node) -> Any:
        # A second node of one task needs its own name; a retry must not outlast
        # AirflowFailException; arguments such as `ti` have no place in a cache key.
        body = node.task.with_options(
            name=node.task_id,
            cache_policy=NO_CACHE,
            retry_condition_fn=_counting(node),
        )
        try:
            ti = TaskInstance(node.task_id, self.run, self._xcoms)
            # A template may push too, and then no argument tells what was pushed.
            body.__xcoms__ = ti.__xcoms__
            args, kwargs = self._arguments(node, ti)
            return body.submit(*args, wait_for=_edges(node), **kwargs)
        except Exception as error:  # noqa: BLE001
            # In Airflow, arguments that cannot be made fail the task, not the run.
            body.fn = _raising(error)
            return body.submit(wait_for=_edges(node))

    def _arguments(self, node: Node, ti: TaskInstance) -> tuple[list[Any], dict[str, Any]]:
        """What the body is called with, values and rendered templates in place."""
        context = _task_context(self.run, ti)
        fill = functools.partial(self._fill, context=context)
        args, kwargs = _walk([list(node.args), node.kwargs], fill)
        parts = [fill(one.of) if isinstance(one, _Rest) else [one] for one in args]
        args = [one for part in parts for one in part]
        if _UNPACKED in kwargs:
            kwargs.update(fill(kwargs.pop(_UNPACKED).of))
        found = {**context, **kwargs}
        return args, _wanted(node.task.fn, args, found, self.run._airflow)

    def _fill(self, leaf: Any, *, context: Mapping[str, Any]) -> Any:
        if isinstance(leaf, Node):
            return self._xcoms.of(leaf.task_id, _RETURN)
        if isinstance(leaf, _Key):
            return self._entry(*leaf)
        if isinstance(leaf, _Template):
            render = functools.partial(self._fill_or_render, context=context)
            return _walk(leaf.value, render)
        return leaf

    def _entry(self, node: Node, key: str) -> Any:
        found = self._xcoms.of(node.task_id, key, _ABSENT)
        if found is not _ABSENT and (found is not None or self.run._airflow == 2):
            return found
        if key == _RETURN or node._multiple_outputs:
            return None
        raise AirflowException(f"{node!r} left no XCom under {key!r}")

    def _fill_or_render(self, leaf: Any, *, context: Mapping[str, Any]) -> Any:
        if isinstance(leaf, str):
            return self.run._render_text(leaf, context)
        return self._fill(leaf, context=context)

    def _finish(self, node: Node) -> None:
        # Prefect's `state` can be that of a running task until `wait` was called.
        node.future.wait()
        state = node.future.state
        node.outcome = _outcome(state)
        # A try again is a round later, and Airflow looks at the others in between.
        node.round += node._retried
        if node.outcome == SUCCESS:
            self._keep_result(node, state.result(raise_on_failure=False))
        self._look_ahead(node)
        for downstream in node.downstream.values():
            self._consider(downstream)

    def _keep_result(self, node: Node, result: Any) -> None:
        if node._multiple_outputs and isinstance(result, dict):
            for key, value in result.items():
                self._xcoms.push(node.task_id, key, value)
        if result is not None:
            self._xcoms.push(node.task_id, _RETURN, result)
        for skipped in node._after(result) if node._after else ():
            if skipped.future is None:
                skipped.round = node.round
                self._start(skipped, SKIPPED)

    def _deciding_nodes(self) -> list[Node]:
        """The leaves as a DAG run sees them: teardowns do not count."""
        nodes = list(self.nodes.values())
        leaves = [node for node in nodes if _decides(node)]
        return leaves or [node for node in nodes if not node.downstream]


@task(cache_policy=NO_CACHE)
def _skipped() -> Any:
    """Stands for a body that does not run."""
    return Completed(name="Skipped", message="Skipped by its trigger rule or a branch")


def _allowed(body: Any) -> dict[str, Any]:
    names = ("retries", "retry_delay_seconds", "timeout_seconds")
    return {name: getattr(body, name) for name in names}


def _counting(node: Node) -> Callable[[Any, Any, Any], bool]:
    """The node's condition for another try, which counts those that it allows."""
    asked = node.task.retry_condition_fn or retry_unless_final
    if not inspect.isfunction(asked) or inspect.iscoroutinefunction(asked):
        return asked

    def condition(task: Any, task_run: Any, state: Any) -> bool:
        again = bool(asked(task, task_run, state))
        node._retried += again
        return again

    return condition


def _raising(error: Exception) -> Callable[[], NoReturn]:
    def body() -> NoReturn:
        raise error

    return body


def _as_list(nodes: Node | Iterable[Node]) -> list[Node]:
    return [nodes] if isinstance(nodes, Node) else list(nodes)


def _draw_edges(node: Node, leaf: Any) -> None:
    if isinstance(leaf, Node):
        node.set_upstream(leaf)
    elif isinstance(leaf, _Key):
        node.set_upstream(leaf.node)
    elif isinstance(leaf, _Rest):
        _draw_edges(node, leaf.of)
    elif isinstance(leaf, _Template):
        _walk(leaf.value, functools.partial(_draw_edges, node))


def _edges(node: Node, *, strict: bool = False) -> list[Any]:
    """What Prefect shall draw edges from; `strict` lets a failure stop the task."""
    ended = [up for up in node.upstream.values() if up.outcome is not None]
    bad = (FAILED, UPSTREAM_FAILED) if strict else ()
    return [
        up.future if up.outcome in bad else allow_failure(up.future) for up in ended
    ]


def _outcome(state: Any) -> str:
    if state.is_completed():
        return SKIPPED if state.name == "Skipped" else SUCCESS
    return UPSTREAM_FAILED if state.name == "NotReady" else FAILED


def _decides(node: Node) -> bool:
    """Whether a DAG run's end depends on this node (`DagRun._tis_for_dagrun_state`)."""

    def counts(other: Node) -> bool:
        return not other.is_teardown or other.on_failure_fail_dagrun

    return counts(node) and not any(map(counts, node.downstream.values()))


def _chosen_ids(chosen: Any) -> set[str]:
    if chosen is None:
        return set()
    ids = {chosen} if isinstance(chosen, str) else set(chosen)
    if wrong := [task_id for task_id in ids if not isinstance(task_id, str)]:
        raise AirflowException(f"A branch returns ids of tasks as text, not {wrong}")
    return ids


def chain(*steps: Node | Iterable[Node]) -> None:
    """`chain(a, [b, c], [d, e], f)`: one after the other, equal lists pair by pair."""
    for before, after in itertools.pairwise(steps):
        if isinstance(before, Node) or isinstance(after, Node):
            cross_downstream(_as_list(before), _as_list(after))
            continue
        left, right = _as_list(before), _as_list(after)
        if len(left) != len(right):
            raise AirflowException("Chain not supported for lists of different lengths")
        for one, other in zip(left, right):
            one.set_downstream(other)


def cross_downstream(
    from_tasks: Iterable[Node], to_tasks: Node | Iterable[Node]
) -> None:
    """Every one of the first before every one of the second."""
    targets = _as_list(to_tasks)
    for node in from_tasks:
        node.set_downstream(targets)


# --- tasks and hooks ------------------------------------------------------------------


def skips(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Turn `AirflowSkipException` of a body into Prefect's `Completed(name="Skipped")`.

    It stands under `@task`: `@task` first, then `@skips`, then `def`.
    """

    @functools.wraps(fn)
    def body(*args: Any, **kwargs: Any) -> Any:
        try:
            return fn(*args, **kwargs)
        except AirflowSkipException as skip:
            return Completed(name="Skipped", message=str(skip) or "Skipped")

    return body


def retry_unless_final(task: Any, task_run: Any, state: Any) -> bool:
    """For `@task(retry_condition_fn=...)`: `AirflowFailException` ends all retries."""
    return not isinstance(state.data, AirflowFailException)


@task(name="bash", cache_policy=NO_CACHE)
@skips
def bash(
    command: str,
    env: Mapping[str, str] | None = None,
    append_env: bool = False,
    cwd: str | None = None,
    skip_on_exit_code: int | Container[int] | None = 99,
    output_encoding: str = "utf-8",
    output_processor: Callable[[str], Any] = str,
) -> Any:
    """Run `bash -c` and return the last line that it printed (BashOperator).

    `env` replaces the environment, or extends it with `append_env`. Without `cwd` the
    command runs in a temporary directory. Its process group ends with the task.
    """
    with _directory(cwd) as directory:
        environment = _environment(env, append_env)
        last_line, exit_code = _run_bash(
            command, environment, directory, output_encoding
        )
    if exit_code in _codes(skip_on_exit_code):
        message = f"Bash command returned exit code {exit_code}. Skipping."
        raise AirflowSkipException(message)
    if exit_code != 0:
        raise AirflowException(
            "Bash command failed."
            f" The command returned a non-zero exit code {exit_code}."
        )
    return output_processor(last_line)


@contextlib.contextmanager
def _directory(cwd: str | None) -> Iterator[str]:
    if cwd is None:
        with tempfile.TemporaryDirectory(prefix="bash-") as directory:
            yield directory
        return
    if not os.path.exists(cwd):
        raise AirflowException(f"Can not find the cwd: {cwd}")
    if not os.path.isdir(cwd):
        raise AirflowException(f"The cwd {cwd} must be a directory")
    yield cwd


def _environment(env: Mapping[str, str] | None, append_env: bool) -> dict[str, str]:
    if env is None:
        return dict(os.environ)
    return {**os.environ, **env} if append_env else dict(env)


def _codes(skip_on: int | Container[int] | None) -> Container[int]:
    if isinstance(skip_on, collections.abc.Container):
        return skip_on
    return () if skip_on is None else (skip_on,)


def _run_bash(
    command: str, env: dict[str, str], cwd: str, encoding: str
) -> tuple[str, int]:
    process = subprocess.Popen(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=cwd,
        env=env,
        start_new_session=True,
    )
    try:
        line = ""
        for line in _lines(process, encoding):
            print(line)
        return line, process.wait()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        process.wait()
        process.stdout.close()


def _lines(process: subprocess.Popen[bytes], encoding: str) -> Iterator[str]:
    """The output line by line, looking up often enough for a time-out to get in."""
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(timeout=0.2):
                continue
            chunk = os.read(process.stdout.fileno(), 65536)
            *lines, rest = (rest + chunk).split(b"\n")
            if not chunk and rest:
                lines.append(rest)
            for line in lines:
                yield line.decode(encoding, errors="backslashreplace").rstrip()
            if not chunk:
                return


def on_failure(callback: Any) -> Callable[[Any, Any, Any], None]:
    """A Prefect hook that calls Airflow's `on_failure_callback` with its context.

    For `on_failure=[...]` of tasks and flows; takes one callback or a list of them.
    """
    callbacks = callback if isinstance(callback, (list, tuple)) else [callback]

    @functools.wraps(callbacks[0])
    def hook(subject: Any, run: Any, state: Any) -> None:
        context = _failure_context(subject, run, state)
        for call in callbacks:
            call(context)

    return hook


def on_success(callback: Any) -> Callable[[Any, Any, Any], None]:
    """A Prefect hook that calls Airflow's `on_success_callback` with its context.

    For `on_completion=[...]` of tasks. Airflow 2 counts a skip as a success here.
    """

    @functools.wraps(callback if callable(callback) else _first(callback))
    def hook(subject: Any, run: Any, state: Any) -> None:
        airflow = _run_of(run.flow_run_id)
        if state.name != "Skipped" or airflow._airflow == 2:
            _call_back(callback, _hook_context(subject, run, airflow, SUCCESS))

    return hook


def on_execute(callback: Any) -> Callable[[Any, Any, Any], None]:
    """A Prefect hook that calls Airflow's `on_execute_callback` before each try.

    For `on_running=[...]` of tasks.
    """

    @functools.wraps(callback if callable(callback) else _first(callback))
    def hook(subject: Any, run: Any, state: Any) -> None:
        airflow = _run_of(run.flow_run_id)
        _call_back(callback, _hook_context(subject, run, airflow, "running"))

    return hook


def _first(callbacks: Any) -> Any:
    return next(iter(callbacks))


def _call_back(callback: Any, context: dict[str, Any]) -> None:
    for call in callback if isinstance(callback, (list, tuple)) else [callback]:
        call(context)


def _hook_context(subject: Any, run: Any, airflow: AirflowRun, state: str) -> dict[str, Any]:
    ti = TaskInstance(subject.name, airflow, _XComs())
    ti.state, ti._try_number = state, getattr(run, "run_count", None) or 1
    return _task_context(airflow, ti)


def _failure_context(subject: Any, run: Any, state: Any) -> dict[str, Any]:
    of_flow = isinstance(subject, Flow)
    airflow = _run_of(run.id if of_flow else run.flow_run_id)
    ti = TaskInstance(subject.name, airflow, _XComs())
    ti.state, ti._try_number = FAILED, getattr(run, "run_count", None) or 1
    reason = "timed_out" if state.name == "TimedOut" else "task_failure"
    return {
        **_task_context(airflow, ti),
        "exception": state.result(raise_on_failure=False),
        "reason": reason if of_flow else state.message,
        "try_number": ti.try_number,
    }


def _run_of(flow_run_id: Any) -> AirflowRun:
    """What `airflow_run` gave this flow run, or what Prefect alone knows of it."""
    run = _current_run.get()
    if run is not None and str(run._flow_run_id) == str(flow_run_id):
        return run
    return airflow_run()


class Variable:
    """Airflow's variables, kept as Prefect's.

    Airflow's are text; a Prefect variable that holds anything else is given as the
    JSON text of it.
    """

    @classmethod
    def get(
        cls,
        key: str,
        default_var: Any = _ABSENT,
        deserialize_json: bool = False,
        *,
        default: Any = _ABSENT,
    ) -> Any:
        """The value of `key`; a missing one without a default raises KeyError.

        The default is `default_var` in Airflow 2 and `default` in Airflow 3.
        """
        value = PrefectVariable.get(_prefect_name(key))
        if value is None:
            fallback = default_var if default is _ABSENT else default
            if fallback is _ABSENT:
                raise KeyError(f"Variable {key} does not exist")
            return fallback
        if deserialize_json:
            return json.loads(value) if isinstance(value, str) else value
        return value if isinstance(value, str) else json.dumps(value)

    @classmethod
    def set(cls, key: str, value: Any, *, serialize_json: bool = False) -> None:
        """Keep `value` as text, or as JSON."""
        text = json.dumps(value, indent=2) if serialize_json else str(value)
        PrefectVariable.set(_prefect_name(key), text, overwrite=True)


def _prefect_name(key: str) -> str:
    if not re.fullmatch(r"[a-z0-9_-]+", key):
        raise ValueError(
            f"Prefect cannot hold the Airflow variable {key!r}: names are made of"
            " lowercase letters, digits, dashes and underscores. Rename it here and"
            " where it is stored"
        )
    return key


class _Missing(type):
    """The type of what `missing` returns: a class that cannot be used."""

    def _refuse(cls) -> NoReturn:
        raise NotImplementedError(
            f"{cls.airflow_name} has no conversion to Prefect ({cls.code}):"
            " convert what uses it by hand"
        )

    def __call__(cls, *args: Any, **kwargs: Any) -> NoReturn:
        cls._refuse()

    def __getattr__(cls, name: str) -> NoReturn:
        # Python itself asks for such names, while it makes a subclass for example.
        if name.startswith("__"):
            raise AttributeError(name)
        cls._refuse()


def missing(name: str, code: str) -> Any:
    """Stands for an Airflow name that was not converted: using it raises.

    Importing it, and deriving a class from it, work.
    """
    return _Missing(name.rpartition(".")[2], (), {"airflow_name": name, "code": code})
