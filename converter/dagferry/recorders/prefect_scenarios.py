"""One thing that goes wrong on purpose in a run of real Prefect 3.

`prefect_recorder.py` loads this file where it stands beside it. What is asked for is described with the
trace.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Injection = Mapping[str, Any]
#: The module of `airflow_compat` whose own functions stand for bodies that do not run.
_STANDING_IN = "airflow_compat.task_runs"
#: Modules of `airflow_compat` whose functions turn AirflowSkipException into a skipped run.
_SKIPPING = ("airflow_compat.exceptions", "airflow_compat.sensor_tasks")

_now: ContextVar[Injection | None] = ContextVar("injection", default=None)
_counts: dict[str, int] = {}
_indexes: dict[Any, int] = {}


def install(injections: Sequence[Injection]) -> None:
    """Put the injections into Prefect's engine and into `airflow_compat`, where a flow has it."""
    engine = importlib.import_module("prefect.task_engine")
    sync, later = engine.SyncTaskRunEngine, engine.AsyncTaskRunEngine
    call, call_later = sync.call_task_fn, later.call_task_fn

    def call_task_fn(self: Any, transaction: Any) -> Any:
        with _current(_chosen(self, injections)) as injection:
            if injection is None or _is_inside(self.task, injection):
                return call(self, transaction)
            result = _result(injection, self.task.fn)
            self.handle_success(result, transaction=transaction)
            return result

    async def call_task_fn_later(self: Any, transaction: Any) -> Any:
        with _current(_chosen(self, injections)) as injection:
            if injection is None or _is_inside(self.task, injection):
                return await call_later(self, transaction)
            result = _result(injection, self.task.fn)
            await self.handle_success(result, transaction=transaction)
            return result

    sync.call_task_fn, later.call_task_fn = call_task_fn, call_task_fn_later
    _reach_operators()


def _chosen(engine: Any, injections: Sequence[Injection]) -> Injection | None:
    """The injection for a try that begins; bodies that do not run are left as they are."""
    task, run = engine.task, engine.task_run
    if _file_of(inspect.unwrap(task.fn)) in _files_of([_STANDING_IN]):
        return None
    if run.id not in _indexes:
        _counts[task.name] = _indexes[run.id] = _counts.get(task.name, -1) + 1
    own = int(getattr(task, "__map_index__", -1))
    places = (None, own if own >= 0 else _indexes[run.id])
    for one in injections:
        now = one.get("tries") is None or run.run_count in one["tries"]
        if one["task_id"] == task.name and one.get("map_index") in places and now:
            return one
    return None


@contextmanager
def _current(injection: Injection | None) -> Iterator[Injection | None]:
    token = _now.set(injection)
    try:
        yield injection
    finally:
        _now.reset(token)


def _is_inside(task: Any, injection: Injection) -> bool:
    """Whether it happens further in: an operator renders first, a sensor has to give up by itself."""
    return hasattr(task, "__rendered__") or injection["do"] == "time_out"


def _result(injection: Injection, fn: Any) -> Any:
    if injection["do"] == "return":
        return injection.get("value")
    if injection["do"] == "skip" and _can_skip(fn):
        states = importlib.import_module("prefect.states")
        return states.Completed(name="Skipped", message="skipped on purpose")
    raise _failure(injection)


def _failure(injection: Injection) -> Exception:
    return RuntimeError(f"{injection['task_id']} fails on purpose")


def _can_skip(fn: Any) -> bool:
    """Whether a function around the body makes a skipped run of AirflowSkipException."""
    while fn is not None:
        if _file_of(fn) in _files_of(_SKIPPING):
            return True
        fn = getattr(fn, "__wrapped__", None)
    return False


def _file_of(fn: Any) -> str:
    code = getattr(fn, "__code__", None)
    return code.co_filename if code is not None else ""


def _files_of(names: Sequence[str]) -> set[str | None]:
    return {getattr(sys.modules.get(name), "__file__", None) for name in names}


def _reach_operators() -> None:
    """Let injections reach the operators and sensors of `airflow_compat`."""
    runs: Any = sys.modules.get("airflow_compat.operator_runs")
    if runs is not None:
        render = runs.render_fields

        def render_fields(operator: Any, *args: Any) -> Any:
            fields = render(operator, *args)
            _change(operator)
            return fields

        runs.render_fields = render_fields
    tasks: Any = sys.modules.get("airflow_compat.sensor_tasks")
    if tasks is not None:
        execute = tasks.Asking.execute

        def asking(sensor: Any, context: Any) -> Any:
            _change(sensor)
            return execute(sensor, context)

        tasks.Asking.execute = asking


def _change(operator: Any) -> None:
    """Let the injection of the run happen in place of what the operator does."""
    injection = _now.get()
    if injection is None:
        return
    if injection["do"] == "time_out":
        passed = operator.timeout + 1
        operator.poke = lambda context: False  # noqa: ARG005 - Airflow's signature
        operator._wait = lambda interval: operator._not_waited.append(passed)  # noqa: ARG005
        return

    def execute(context: Any) -> Any:  # noqa: ARG001 - Airflow's signature
        if injection["do"] == "return":
            return injection.get("value")
        if injection["do"] == "skip":
            raise sys.modules["airflow_compat.exceptions"].AirflowSkipException("on purpose")
        raise _failure(injection)

    operator.execute = execute
