"""`prefect.runtime`: facts about the run around the running code, read where they are asked for.

https://docs.prefect.io/v3/api-ref/python/prefect-runtime-flow_run. `PREFECT__RUNTIME__FLOW_RUN__NAME`
and its like replace a fact, for tests. Outside of runs, and which facts cannot be replaced:
observed in Prefect 3.8.8.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from flowlight import world
from flowlight.context import FlowRunContext, TaskRunContext
from flowlight.runs import FlowRun, TaskRun

__all__ = ["FACTS", "deployment_value", "flow_run_value", "task_run_value"]

_Fact = tuple[Callable[[Any], Any], Callable[[], Any]]  # of a run, and outside of runs


def _nothing() -> None:
    return None


def _parent(run: FlowRun) -> str | None:
    return str(run.parent.id) if run.parent else None


_FLOW_RUN: dict[str, _Fact] = {
    "id": (lambda run: str(run.id), lambda: os.environ.get("PREFECT__FLOW_RUN_ID")),
    "name": (lambda run: run.name, _nothing),
    "tags": (lambda run: list(run.tags), list),
    "flow_name": (lambda run: run.flow.name, _nothing),
    "flow_version": (lambda run: run.flow_version, _nothing),
    "parameters": (lambda run: run.parameters, dict),
    "run_count": (lambda run: run.run_count, lambda: 0),
    "scheduled_start_time": (lambda run: run.expected_start_time, lambda: world.current().clock()),
    "parent_flow_run_id": (_parent, _nothing),
    "root_flow_run_id": (lambda run: str(run.root.id), _nothing),
    "parent_deployment_id": (lambda _: None, _nothing),
    "job_variables": (lambda _: None, _nothing),
    "api_url": (lambda _: None, _nothing),
    "ui_url": (lambda _: None, _nothing),
}

_TASK_RUN: dict[str, _Fact] = {
    "id": (lambda run: str(run.id), _nothing),
    "name": (lambda run: run.name, _nothing),
    "tags": (lambda run: list(run.tags), list),
    "task_name": (lambda run: run.task.name, _nothing),
    "parameters": (lambda run: run.parameters, dict),
    "run_count": (lambda run: run.run_count, lambda: 0),
    "api_url": (lambda _: None, _nothing),
    "ui_url": (lambda _: None, _nothing),
}

_DEPLOYMENT: dict[str, _Fact] = {
    "id": (lambda run: run.deployment and run.deployment.id, _nothing),
    "flow_run_id": (lambda run: str(run.id), lambda: os.environ.get("PREFECT__FLOW_RUN_ID")),
    "name": (lambda run: run.deployment and run.deployment.name, _nothing),
    "parameters": (lambda run: run.parameters, dict),
    "version": (lambda run: run.deployment and run.deployment.version, _nothing),
}

FACTS = {"flow_run": _FLOW_RUN, "task_run": _TASK_RUN, "deployment": _DEPLOYMENT}

_READERS: dict[type, Callable[[str], Any]] = {
    bool: lambda text: text.lower() == "true",
    int: int,
    float: float,
    str: str,
    type(None): str,
}


def flow_run_value(name: str) -> Any:
    """One attribute of `prefect.runtime.flow_run`."""
    context = FlowRunContext.get()
    return _value("flow_run", name, context.flow_run if context else None)


def task_run_value(name: str) -> Any:
    """One attribute of `prefect.runtime.task_run`."""
    context = TaskRunContext.get()
    return _value("task_run", name, context.task_run if context else None)


def deployment_value(name: str) -> Any:
    """One attribute of `prefect.runtime.deployment`."""
    context = FlowRunContext.get()
    return _value("deployment", name, context.flow_run if context else None)


def _value(part: str, name: str, run: FlowRun | TaskRun | None) -> Any:
    replacement = os.environ.get(f"PREFECT__RUNTIME__{part.upper()}__{name.upper()}")
    if name not in FACTS[part]:
        if replacement is not None:
            return replacement
        raise AttributeError(f"prefect.runtime.{part} has no attribute {name!r}")
    inside, outside = FACTS[part][name]
    real = outside() if run is None else inside(run)
    return real if replacement is None else _replaced(real, replacement)


def _replaced(real: Any, replacement: str) -> Any:
    reader = _READERS.get(type(real))
    if reader is None:
        raise ValueError(
            "This runtime context attribute cannot be mocked using an environment variable. Please"
            " use monkeypatch instead."
        )
    return reader(replacement)
