"""The context of a task instance: what templates and bodies see by name.

Names: https://airflow.apache.org/docs/apache-airflow/stable/templates-ref.html; values of runs
that were asked for by hand were observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from daglight import macros
from daglight.asset_events import InletEvents, OutletEvents
from daglight.connections import ConnectionAccess
from daglight.errors import NotSupported
from daglight.params import resolve_params
from daglight.schedule import next_interval, previous_date
from daglight.scope import scope
from daglight.state_store import AssetStateStoreAccessors, TaskStateStoreAccessor
from daglight.variables import VariableAccess

if TYPE_CHECKING:
    from daglight.dag_run import DagRun
    from daglight.instance import TaskInstance

__all__ = ["CONTEXT_KEYS", "build_context"]

_OLD = (
    "conf execution_date next_ds next_ds_nodash next_execution_date prev_ds prev_ds_nodash "
    "prev_execution_date prev_execution_date_success tomorrow_ds tomorrow_ds_nodash "
    "yesterday_ds yesterday_ds_nodash triggering_dataset_events"
)
_ALWAYS = (
    "asset_state_store task_state_store "
    "conn dag dag_run data_interval_end data_interval_start ds ds_nodash exception "
    "expanded_ti_count inlet_events inlets logical_date macros map_index_template "
    "outlet_events outlets params prev_data_interval_end_success "
    "prev_data_interval_start_success prev_end_date_success prev_start_date_success reason "
    "run_id task task_instance task_instance_key_str task_reschedule_count templates_dict "
    "test_mode ti triggering_asset_events try_number ts ts_nodash ts_nodash_with_tz var"
)
_VARIABLES = {"value": VariableAccess(as_json=False), "json": VariableAccess(as_json=True)}
#: What every instance has a value of its own for, in the order they are listed.
_OF_INSTANCE = [
    "inlet_events",
    "inlets",
    "map_index_template",
    "outlet_events",
    "outlets",
    "params",
    "task_instance",
    "task_instance_key_str",
    "var",
]
_DAY = timedelta(days=1)
#: Parameters of a `@task` function that the context fills.
CONTEXT_KEYS = frozenset(f"{_OLD} {_ALWAYS}".split())


class _Refusing:
    """Stands where a part of Airflow is that daglight does not have; touching it says so."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotSupported(f"{self._what} ({name})")


def build_context(ti: TaskInstance, run: DagRun) -> dict[str, Any]:
    """The context, a fresh dict; ParamValidationError when a parameter does not fit."""
    if not run.shared:
        run.shared.update(_of_run(run), **_dates(run.logical_date))
        run.shared.update({} if scope.airflow_3 else _dates_of_airflow_2(run))
        run.shared.update(dict.fromkeys(_OF_INSTANCE))
        run.shared["inlet_events"] = InletEvents(None, run.asset_events)
    context = run.shared.copy()
    _add_instance(context, ti, run)
    if scope.airflow_3:
        context.update(_of_airflow_3(ti, run))
    else:
        context["triggering_dataset_events"] = {}
        context["expanded_ti_count"] = ti.mapped_length
    return context


def _of_run(run: DagRun) -> dict[str, Any]:
    return {
        "ti": None,
        "task": None,
        "conn": ConnectionAccess(),
        "dag": run.source,
        "dag_run": run,
        "data_interval_end": run.data_interval_end,
        "data_interval_start": run.data_interval_start,
        "logical_date": run.logical_date,
        "macros": macros,
        "prev_data_interval_end_success": None,
        "prev_data_interval_start_success": None,
        "prev_end_date_success": None,
        "prev_start_date_success": None,
        "run_id": run.run_id,
    }


def _dates(moment: datetime) -> dict[str, str]:
    ts = moment.isoformat()
    return {
        "ds": moment.strftime("%Y-%m-%d"),
        "ds_nodash": moment.strftime("%Y%m%d"),
        "ts": ts,
        "ts_nodash": moment.strftime("%Y%m%dT%H%M%S"),
        "ts_nodash_with_tz": ts.replace("-", "").replace(":", ""),
    }


def _add_instance(context: dict[str, Any], ti: TaskInstance, run: DagRun) -> None:
    """The names are there already, from the context of the run."""
    task: Any = ti.task
    context["ti"] = context["task_instance"] = ti
    context["task"] = task
    if task.inlets:
        context["inlet_events"] = InletEvents(task.inlets, run.asset_events)
    context["inlets"] = task.inlets or []
    context["map_index_template"] = task.map_index_template
    context["outlet_events"] = OutletEvents()
    context["outlets"] = task.outlets or []
    context["params"] = resolve_params(task.params, run.conf)
    context["task_instance_key_str"] = f"{ti.dag_id}__{task.task_id}__{context['ds_nodash']}"
    context["var"] = dict(_VARIABLES)


def _of_airflow_3(ti: TaskInstance, run: DagRun) -> dict[str, Any]:
    own = run.state_stores.setdefault((ti.task_id, ti.map_index), {})
    task: Any = ti.task
    assets = (
        {"asset_state_store": AssetStateStoreAccessors(task, run.state_stores)}
        if task.inlets or task.outlets
        else {}
    )
    return {
        **assets,
        "partition_date": None,
        "partition_key": None,
        "task_reschedule_count": 0,
        "task_state_store": TaskStateStoreAccessor(own),
        "triggering_asset_events": {},
    }


def _dates_of_airflow_2(run: DagRun) -> dict[str, Any]:
    moment, dag = run.logical_date, run.source
    following = next_interval(dag.schedule, dag.timezone, run.data_interval_end)
    return {
        "conf": _Refusing("conf"),
        "execution_date": moment,
        "test_mode": False,
        **_dated("next", following[0] if following else None, date_too=True),
        **_dated("prev", previous_date(dag.schedule, dag.timezone, moment), date_too=True),
        "prev_execution_date_success": None,
        **_dated("tomorrow", moment + _DAY),
        **_dated("yesterday", moment - _DAY),
    }


def _dated(word: str, moment: datetime | None, *, date_too: bool = False) -> dict[str, Any]:
    dates = _dates(moment) if moment else {"ds": None, "ds_nodash": None}
    found: dict[str, Any] = {f"{word}_{name}": dates[name] for name in ("ds", "ds_nodash")}
    return {**found, f"{word}_execution_date": moment} if date_too else found
