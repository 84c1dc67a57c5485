"""Where the running code is: the flow run and the task run around it, and the run whose body it is.

https://docs.prefect.io/v3/api-ref/python/prefect-context
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flowlight.errors import MissingContextError
from flowlight.runs import FlowRun, Run, TaskRun

if TYPE_CHECKING:
    from flowlight.flows import Flow
    from flowlight.submission import Submissions
    from flowlight.tasks import Task

__all__ = ["FlowRunContext", "TaskRunContext", "current_body", "get_run_context", "tags"]

_flow: ContextVar[FlowRunContext | None] = ContextVar("flowlight_flow", default=None)
_task: ContextVar[TaskRunContext | None] = ContextVar("flowlight_task", default=None)
_body: ContextVar[Run | None] = ContextVar("flowlight_body", default=None)
_tags: ContextVar[frozenset[str]] = ContextVar("flowlight_tags", default=frozenset())


@dataclass(frozen=True, eq=False)
class FlowRunContext:
    """The flow run around the running code."""

    flow: Flow
    flow_run: FlowRun
    parameters: dict[str, Any]
    start_time: datetime
    submissions: Submissions = field(repr=False)

    @property
    def task_runner(self) -> Any:
        """The task runner of the flow."""
        return self.submissions.runner

    @classmethod
    def get(cls) -> FlowRunContext | None:
        """The innermost one, also inside of a task; None outside of flows."""
        return _flow.get()


@dataclass(frozen=True, eq=False)
class TaskRunContext:
    """The task run around the running code."""

    task: Task
    task_run: TaskRun
    parameters: dict[str, Any]
    start_time: datetime

    @classmethod
    def get(cls) -> TaskRunContext | None:
        """The innermost one; None outside of tasks."""
        return _task.get()


def get_run_context() -> FlowRunContext | TaskRunContext:
    """The task run's context inside of a task, else the flow run's."""
    found = _task.get() or _flow.get()
    if found is None:
        raise MissingContextError(
            "No run context available. You are not in a flow or task run context."
        )
    return found


def current_body() -> Run | None:
    """The run whose body is being executed: the innermost task or flow run."""
    return _body.get()


@contextmanager
def in_task(context: TaskRunContext) -> Iterator[None]:
    """Inside: the body of a task run."""
    task, body = _task.set(context), _body.set(context.task_run)
    try:
        yield
    finally:
        _body.reset(body)
        _task.reset(task)


@contextmanager
def in_flow(context: FlowRunContext) -> Iterator[None]:
    """Inside: the body of a flow run; a task run around it is still seen, as in Prefect."""
    flow, body = _flow.set(context), _body.set(context.flow_run)
    try:
        yield
    finally:
        _body.reset(body)
        _flow.reset(flow)


@contextmanager
def tags(*names: str) -> Iterator[set[str]]:
    """Runs that are created inside carry these tags too."""
    merged = _tags.get() | frozenset(names)
    token = _tags.set(merged)
    try:
        yield set(merged)
    finally:
        _tags.reset(token)


def current_tags() -> frozenset[str]:
    """The tags of the `tags` blocks around the running code."""
    return _tags.get()
