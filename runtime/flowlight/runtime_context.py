"""`prefect.runtime`: facts about the run around the running code, read where they are asked for.

https://docs.prefect.io/v3/api-ref/python/prefect-runtime-flow_run.
Outside of runs: observed in Prefect 3.8.8.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flowlight import world
from flowlight.context import FlowRunContext, TaskRunContext
from flowlight.runs import FlowRun, TaskRun

__all__ = ["FLOW_RUN", "TASK_RUN", "flow_run_value", "task_run_value"]

FLOW_RUN: dict[str, tuple[Callable[[FlowRun], Any], Callable[[], Any]]] = {
    "id": (lambda run: str(run.id), lambda: None),
    "name": (lambda run: run.name, lambda: None),
    "tags": (lambda run: list(run.tags), list),
    "flow_name": (lambda run: run.flow.name, lambda: None),
    "flow_version": (lambda run: run.flow_version, lambda: None),
    "parameters": (lambda run: run.parameters, dict),
    "run_count": (lambda run: run.run_count, lambda: 0),
    "scheduled_start_time": (lambda run: run.expected_start_time, lambda: world.current().clock()),
    "parent_flow_run_id": (lambda run: str(run.parent.id) if run.parent else None, lambda: None),
    "root_flow_run_id": (lambda run: str(run.root.id), lambda: None),
    "parent_deployment_id": (lambda _: None, lambda: None),
    "job_variables": (lambda _: None, lambda: None),
    "api_url": (lambda _: None, lambda: None),
    "ui_url": (lambda _: None, lambda: None),
}

TASK_RUN: dict[str, tuple[Callable[[TaskRun], Any], Callable[[], Any]]] = {
    "id": (lambda run: str(run.id), lambda: None),
    "name": (lambda run: run.name, lambda: None),
    "tags": (lambda run: list(run.tags), list),
    "task_name": (lambda run: run.task.name, lambda: None),
    "parameters": (lambda run: run.parameters, dict),
    "run_count": (lambda run: run.run_count, lambda: 0),
    "api_url": (lambda _: None, lambda: None),
    "ui_url": (lambda _: None, lambda: None),
}


def flow_run_value(name: str) -> Any:
    """One attribute of `prefect.runtime.flow_run`."""
    if name not in FLOW_RUN:
        raise AttributeError(f"prefect.runtime.flow_run has no attribute {name!r}")
    inside, outside = FLOW_RUN[name]
    context = FlowRunContext.get()
    return outside() if context is None else inside(context.flow_run)


def task_run_value(name: str) -> Any:
    """One attribute of `prefect.runtime.task_run`."""
    if name not in TASK_RUN:
        raise AttributeError(f"prefect.runtime.task_run has no attribute {name!r}")
    inside, outside = TASK_RUN[name]
    context = TaskRunContext.get()
    return outside() if context is None else inside(context.task_run)
