"""Submits a task run that goes to another process: the part that stays in this one."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flowlight import core, outcome, world
from flowlight.context import FlowRunContext
from flowlight.errors import UpstreamTaskError
from flowlight.futures import PrefectConcurrentFuture, PrefectFuture
from flowlight.inputs import Inputs
from flowlight.remote.execute import Answer
from flowlight.remote.parcel import pack
from flowlight.remote.reports import Report, Teller
from flowlight.runner import MapPosition, new_run
from flowlight.runs import TaskRun
from flowlight.world import World

if TYPE_CHECKING:
    from flowlight.dispatcher import Dispatcher
    from flowlight.tasks import Task

__all__ = ["Send", "dispatch_remote"]

Send = Callable[[bytes, Callable[[Report], None]], bytes]
"""Sends a parcel and waits for the answer; calls the second one with reports until then."""


def dispatch_remote(
    dispatcher: Dispatcher,
    send: Send,
    task: Task,
    parameters: dict[str, Any],
    wait_for: Any,
    position: dict[str, Any] | None,
) -> PrefectFuture:
    """A run of the task that `send` takes away when the futures it was given are done."""
    if isinstance(wait_for, (list, tuple)):
        set(wait_for)  # observed in Prefect 3.8.8: a TypeError for allow_failure(...)
    here = world.current()
    inputs = Inputs(parameters, wait_for)
    index = position.index if isinstance(position, MapPosition) else -1
    run = new_run(task, inputs, FlowRunContext.get(), here, map_index=index)
    future = PrefectConcurrentFuture(run)

    def body() -> None:
        if dispatcher.closed:
            core.crash(run, _cancelled(), here)
            raise _cancelled()
        # Observed in Prefect 3.8.8: a failed argument is raised by the future, and no run starts.
        arguments = Inputs(parameters).resolve()
        try:
            Inputs({}, wait_for).resolve()
        except UpstreamTaskError as error:
            core.not_ready(run, error, here)
            return
        _send_away(run, arguments, send, here)

    dispatcher.submit(future, inputs.futures, body)
    return future


def _send_away(run: TaskRun, arguments: dict[str, Any], send: Send, here: World) -> None:
    around = FlowRunContext.get()
    run.parameters = arguments  # futures stay here
    tell = Teller(here, run, around.flow_run if around else None)
    try:
        answer: Answer = pickle.loads(send(pack(run, arguments, here), tell))  # noqa: S301  # our own
    except Exception as error:
        _lost(run, error, here)
        raise
    for report in answer.reports:
        tell(report)
    vars(run).update(answer.fields)
    if answer.wreck is not None:
        raise answer.wreck


def _lost(run: TaskRun, error: Exception, here: World) -> None:
    """The end of a run that could not be sent, or of which no answer came."""
    state = run.state
    if state is None or not state.is_final():
        core.enter(run, outcome.of_crash(error, run.id), here)
        here.emit("ended", run, state=run.state)


def _cancelled() -> BaseException:
    import asyncio

    return asyncio.CancelledError("Task run cancelled by the task runner")
