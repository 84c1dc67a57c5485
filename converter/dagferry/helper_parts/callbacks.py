"""Airflow's callbacks as Prefect's hooks.

https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/logging-monitoring/callbacks.html
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping
from typing import Any

from prefect import Flow
from prefect.context import TaskRunContext

from airflow_compat.context import task_context
from airflow_compat.rules import FAILED, SKIPPED, SUCCESS
from airflow_compat.run import AirflowRun, airflow_run, current_run
from airflow_compat.xcom import TaskInstance, XComs

__all__ = ["on_execute", "on_failure", "on_skipped", "on_success"]

Hook = Callable[[Any, Any, Any], None]


def on_failure(callback: Any, *, task_id: str | None = None) -> Hook:
    """A Prefect hook that calls Airflow's `on_failure_callback` with its context.

    For `on_failure=[...]` of tasks and flows; takes one callback or a list of them.
    Airflow gives the callback of a DAG the context of one of its tasks, and no
    exception. A TaskGraph knows which; for a flow without one, `task_id` names it.
    """

    @functools.wraps(first(callback))
    def hook(subject: Any, run: Any, state: Any) -> None:
        if isinstance(subject, Flow):
            call_each(callback, flow_context(run, state, task_id or subject.name))
        else:
            call_each(callback, failure_context(subject, run, state))

    return hook


def on_success(callback: Any, *, task_id: str | None = None) -> Hook:
    """A Prefect hook that calls Airflow's `on_success_callback` with its context.

    For `on_completion=[...]` of tasks and flows, as `on_failure`. Airflow 2 counts a
    task that was skipped as a success here.
    """

    @functools.wraps(first(callback))
    def hook(subject: Any, run: Any, state: Any) -> None:
        if isinstance(subject, Flow):
            call_each(callback, flow_context(run, state, task_id or subject.name))
            return
        airflow = run_of(run.flow_run_id)
        outcome = SKIPPED if state.name == "Skipped" else SUCCESS
        if outcome == SUCCESS or airflow._airflow == 2:
            call_each(callback, hook_context(subject, run, airflow, outcome))

    def event(state_name: str) -> str | None:
        run = current_run.get()
        silent = state_name == "Skipped" and run is not None and run._airflow > 2
        return None if silent else "on_success"

    return noted(hook, event)


def on_skipped(callback: Any) -> Hook:
    """A Prefect hook that calls Airflow's `on_skipped_callback` with its context.

    For `on_completion=[...]` of tasks whose bodies may raise AirflowSkipException.
    """

    @functools.wraps(first(callback))
    def hook(subject: Any, run: Any, state: Any) -> None:
        if state.name == "Skipped":
            airflow = run_of(run.flow_run_id)
            call_each(callback, hook_context(subject, run, airflow, SKIPPED))

    return noted(hook, lambda name: "on_skipped" if name == "Skipped" else None)


def on_execute(callback: Any) -> Hook:
    """A Prefect hook that calls Airflow's `on_execute_callback` before each try.

    For `on_running=[...]` of tasks.
    """

    @functools.wraps(first(callback))
    def hook(subject: Any, run: Any, state: Any) -> None:
        airflow = run_of(run.flow_run_id)
        call_each(callback, hook_context(subject, run, airflow, "running"))

    return hook


def hooks_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """The callbacks among the options of an operator, as options of a Prefect task."""
    kinds = [
        ("on_failure", on_failure, "on_failure_callback"),
        ("on_completion", on_skipped, "on_skipped_callback"),
        ("on_completion", on_success, "on_success_callback"),
        ("on_running", on_execute, "on_execute_callback"),
    ]
    found: dict[str, Any] = {}
    for event, hook, option in kinds:
        callbacks = options[option]
        several = isinstance(callbacks, (list, tuple))
        for callback in callbacks if several else [callbacks] if callbacks else []:
            found.setdefault(event, []).append(hook(callback))
    return found


def noted(hook: Hook, event: Callable[[str], str | None]) -> Hook:
    """A hook that says what it is called for in a state; None where it does nothing."""
    hook.__event__ = event  # type: ignore[attr-defined]
    return hook


def call_back(callback: Any, context: dict[str, Any], state: Any) -> None:
    """Call an `on_retry_callback`; what it raises is told and changes nothing."""
    ti = context["ti"]
    ti.state = "up_for_retry"
    found = {**context, "exception": state.data, "try_number": ti.try_number}
    try:
        call_each(callback or (), found)
    except Exception:
        logging.getLogger("airflow.task").exception("A callback failed")


def first(callback: Any) -> Any:
    """The callback, or the first of several."""
    return callback if callable(callback) else next(iter(callback))


def call_each(callback: Any, context: dict[str, Any]) -> None:
    """Call one callback, or each of several."""
    for call in callback if isinstance(callback, (list, tuple)) else [callback]:
        call(context)


def hook_context(
    subject: Any, run: Any, airflow: AirflowRun, state: str
) -> dict[str, Any]:
    """The context of a task: the one that its body had, or what Prefect knows of it."""
    kept: dict[str, Any] = dict(getattr(subject, "__context__", None) or {})
    ti = kept.get("ti") or TaskInstance(subject.name, airflow, XComs())
    ti.state, ti._try_number = state, getattr(run, "run_count", None) or 1
    return kept or {**task_context(airflow, ti), **arguments(state)}


def arguments(state: str) -> dict[str, Any]:
    """What the body was called with, which Airflow adds to the context when it runs."""
    run = TaskRunContext.get()
    return {} if run is None or state == "running" else dict(run.parameters)


def failure_context(subject: Any, run: Any, state: Any) -> dict[str, Any]:
    """The context of a task that failed, and why."""
    airflow = run_of(run.flow_run_id)
    context = hook_context(subject, run, airflow, FAILED)
    return {
        **context,
        "exception": state.result(raise_on_failure=False),
        "reason": state.message,
        "try_number": context["ti"].try_number,
    }


def flow_context(run: Any, state: Any, task_id: str) -> dict[str, Any]:
    """The context of a flow that ended: that of a task, as for a DAG in Airflow."""
    airflow = run_of(run.id)
    context = airflow._reported(state.is_completed()) if airflow._reported else None
    if context is None:
        ti = TaskInstance(task_id, airflow, XComs())
        ti.state, ti._try_number = SUCCESS if state.is_completed() else FAILED, 1
        context = task_context(airflow, ti)
    reason = "timed_out" if state.name == "TimedOut" else "task_failure"
    return {**context, "reason": "success" if state.is_completed() else reason}


def run_of(flow_run_id: Any) -> AirflowRun:
    """What `airflow_run` gave this flow run, or what Prefect alone knows of it."""
    run = current_run.get()
    if run is not None and str(run._flow_run_id) == str(flow_run_id):
        return run
    return airflow_run()
