"""Airflow's callbacks as Prefect's hooks."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from prefect import Flow

from airflow_compat.context import task_context
from airflow_compat.rules import FAILED, SUCCESS
from airflow_compat.run import AirflowRun, airflow_run, current_run
from airflow_compat.xcom import TaskInstance, XComs

__all__ = ["on_execute", "on_failure", "on_success"]


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


def _hook_context(
    subject: Any, run: Any, airflow: AirflowRun, state: str
) -> dict[str, Any]:
    ti = TaskInstance(subject.name, airflow, XComs())
    ti.state, ti._try_number = state, getattr(run, "run_count", None) or 1
    return task_context(airflow, ti)


def _failure_context(subject: Any, run: Any, state: Any) -> dict[str, Any]:
    of_flow = isinstance(subject, Flow)
    airflow = _run_of(run.id if of_flow else run.flow_run_id)
    ti = TaskInstance(subject.name, airflow, XComs())
    ti.state, ti._try_number = FAILED, getattr(run, "run_count", None) or 1
    reason = "timed_out" if state.name == "TimedOut" else "task_failure"
    return {
        **task_context(airflow, ti),
        "exception": state.result(raise_on_failure=False),
        "reason": reason if of_flow else state.message,
        "try_number": ti.try_number,
    }


def _run_of(flow_run_id: Any) -> AirflowRun:
    """What `airflow_run` gave this flow run, or what Prefect alone knows of it."""
    run = current_run.get()
    if run is not None and str(run._flow_run_id) == str(flow_run_id):
        return run
    return airflow_run()
