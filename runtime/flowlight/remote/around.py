"""The flow run around a task, as it is sent along: all of it but the flow's own code."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from flowlight.context import FlowRunContext
from flowlight.errors import NotSupported
from flowlight.runs import FlowRun
from flowlight.submission import Submissions
from flowlight.task_runners import ThreadPoolTaskRunner

if TYPE_CHECKING:
    from flowlight.flows import Flow

__all__ = ["sendable"]


def sendable(context: FlowRunContext) -> FlowRunContext:
    """A copy whose flows have no function and no hooks: what those use may be of this process.

    What a task submits there runs in threads of its process.
    """
    run = _run(context.flow_run)
    submissions = Submissions(ThreadPoolTaskRunner())
    return FlowRunContext(
        run.flow,
        run,
        context.parameters,
        context.start_time,
        submissions,
        context.persist_result,
    )


def _run(run: FlowRun) -> FlowRun:
    other = copy.copy(run)
    other.flow = _flow(run.flow)
    other.children = other.read_result = None
    other.state = None if run.state is None else run.state.copy(update={"data": None})
    other.parent = None if run.parent is None else _run(run.parent)
    return other


def _flow(flow: Flow) -> Flow:
    other = copy.copy(flow)
    vars(other).pop("__wrapped__", None)
    other._fn = _elsewhere
    other.hooks = {}
    other.flow_run_name = None
    other.task_runner = ThreadPoolTaskRunner()
    other.receiver = ()
    return other


def _elsewhere(*_: Any, **__: Any) -> Any:
    raise NotSupported(
        "the flow around a task in another process cannot be called there;"
        " call a flow that the task refers to by its own name"
    )
