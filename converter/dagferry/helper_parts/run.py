"""The Airflow side of a flow run: `airflow_run` gives its dates, params and names."""

from __future__ import annotations

import contextvars
import functools
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import prefect.runtime
from prefect.context import FlowRunContext

from airflow_compat.dates import (
    ds,
    ds_nodash,
    to_utc,
    ts,
    ts_nodash,
    ts_nodash_with_tz,
)
from airflow_compat.objects import AirflowObject
from airflow_compat.schedules import (
    Dates,
    Schedule,
    dates_asked,
    dates_scheduled,
    dates_triggered,
    read_schedule,
)
from airflow_compat.templates import FILTERS, Macros, make_jinja, walk
from airflow_compat.variables import VariablesInTemplates

__all__ = ["AirflowRun", "airflow_run"]

current_run: contextvars.ContextVar[AirflowRun | None] = contextvars.ContextVar(
    "airflow_run", default=None
)


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
    ticks = read_schedule(schedule, timezone) if airflow == 2 else None
    run = AirflowRun(
        choose_dates(ticks, logical_date),
        airflow=airflow,
        dag_id=dag_id or prefect.runtime.flow_run.flow_name or "",
        params={**(params or {}), **(conf or {})},
        conf=dict(conf or {}),
    )
    run._macros.update(user_defined_macros or {})
    run._filters.update(user_defined_filters or {})
    current_run.set(run)
    return run


def choose_dates(schedule: Schedule, logical_date: datetime | None) -> Dates:
    """The dates of a run that was asked for, made by a schedule, or triggered."""
    if logical_date is not None:
        return dates_asked(schedule, to_utc(logical_date))
    moment = to_utc(prefect.runtime.flow_run.scheduled_start_time)
    if _started_by_schedule():
        return dates_scheduled(schedule, moment)
    return dates_triggered(schedule, moment)


def _started_by_schedule() -> bool:
    """Whether a deployment's schedule made this run, as Prefect notes on it."""
    context = FlowRunContext.get()
    return bool(context and getattr(context.flow_run, "auto_scheduled", False))


class AirflowRun:
    """One DAG run as Airflow's context describes it: every attribute is a context name.

    https://airflow.apache.org/docs/apache-airflow/stable/templates-ref.html
    """

    def __init__(
        self,
        dates: Dates,
        *,
        airflow: int,
        dag_id: str,
        params: dict[str, Any],
        conf: dict[str, Any],
    ) -> None:
        self._airflow = airflow
        self._flow_run_id = prefect.runtime.flow_run.id
        self._macros: dict[str, Any] = {}
        self._filters: dict[str, Callable[..., Any]] = dict(FILTERS)
        # A TaskGraph says whose context the callbacks of the DAG are given.
        self._reported: Callable[[bool], dict[str, Any] | None] | None = None
        self.logical_date = dates.logical
        self.data_interval_start = dates.start
        self.data_interval_end = dates.end
        self.ds = ds(dates.logical)
        self.ds_nodash = ds_nodash(dates.logical)
        self.ts = ts(dates.logical)
        self.ts_nodash = ts_nodash(dates.logical)
        self.ts_nodash_with_tz = ts_nodash_with_tz(dates.logical)
        self.run_id = f"{dates.run_type}__{dates.logical.isoformat()}"
        self.params = params
        self.dag = AirflowObject("dag", dag_id=dag_id)
        self.dag_run = self._describe(dates.run_type, conf)
        self.macros = Macros()
        self.var = {
            "value": VariablesInTemplates(),
            "json": VariablesInTemplates(deserialize_json=True),
        }
        if airflow == 2:
            self._add_names_of_airflow_2(dates)

    def _describe(self, run_type: str, conf: dict[str, Any]) -> AirflowObject:
        return AirflowObject(
            "dag_run",
            conf=conf,
            dag_id=self.dag.dag_id,
            data_interval_end=self.data_interval_end,
            data_interval_start=self.data_interval_start,
            logical_date=self.logical_date,
            run_id=self.run_id,
            run_type=run_type,
        )

    def _add_names_of_airflow_2(self, dates: Dates) -> None:
        """The names that Airflow 3 removed."""
        day = timedelta(days=1)
        self.execution_date = self.dag_run.execution_date = dates.logical
        self.prev_execution_date = dates.previous
        self.prev_ds = ds(dates.previous)
        self.prev_ds_nodash = ds_nodash(dates.previous)
        self.next_execution_date = dates.following
        self.next_ds = ds(dates.following)
        self.next_ds_nodash = ds_nodash(dates.following)
        self.yesterday_ds = ds(dates.logical - day)
        self.yesterday_ds_nodash = ds_nodash(dates.logical - day)
        self.tomorrow_ds = ds(dates.logical + day)
        self.tomorrow_ds_nodash = ds_nodash(dates.logical + day)

    def context(self) -> dict[str, Any]:
        """Airflow's context of this run, without what belongs to a single task."""
        return {k: v for k, v in vars(self).items() if not k.startswith("_")}

    def render(self, value: Any, **names: Any) -> Any:
        """`value` with every text in it rendered, in lists, tuples, sets and dicts."""
        context = {**self.context(), **names}
        return walk(value, lambda text: self.render_text(text, context))

    def render_text(self, text: Any, context: Mapping[str, Any]) -> Any:
        """One text rendered with these names; what is no text is given back."""
        if not isinstance(text, str):
            return text
        return self._jinja.from_string(text).render(context)

    @functools.cached_property
    def _jinja(self) -> Any:
        return make_jinja(self._macros, self._filters)
