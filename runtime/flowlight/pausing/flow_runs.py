"""`pause_flow_run`, `resume_flow_run`, `suspend_flow_run` and their asynchronous twins.

https://docs.prefect.io/v3/advanced/interactive; details: observed in Prefect 3.8.8. A run is
resumed by the process that it is paused in.
"""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from flowlight import world
from flowlight.asynchronous import as_async
from flowlight.context import FlowRunContext, TaskRunContext
from flowlight.dispatch import dispatched, in_async_code
from flowlight.errors import FlowPauseTimeout, NotSupported
from flowlight.pausing.paused_runs import PausedRun, begin, end, resume

__all__ = [
    "apause_flow_run",
    "aresume_flow_run",
    "asuspend_flow_run",
    "pause_flow_run",
    "resume_flow_run",
    "suspend_flow_run",
]

_GLANCE_SECONDS = 0.02  # between looks in asynchronous code, which no thread may block


def pause_flow_run(
    wait_for_input: Any = None,
    timeout: float = 3600,
    poll_interval: float = 10,
    key: str | None = None,
) -> Any:
    """Wait until the flow run around is resumed; the input that it was resumed with.

    `FlowPauseTimeout` after `timeout` seconds. A `key` that this run has paused with before is not
    paused for again. In asynchronous code it is a coroutine of that.
    """
    if in_async_code():
        return apause_flow_run(wait_for_input, timeout, poll_interval, key)
    paused = _begin(wait_for_input, key)
    if paused is None:
        return None
    try:
        paused.resumed.wait(timeout)
    finally:
        resumed = end(paused)
    return _answer(paused, resumed)


async def apause_flow_run(
    wait_for_input: Any = None,
    timeout: float = 3600,
    poll_interval: float = 10,  # noqa: ARG001  # a resumed run goes on at once
    key: str | None = None,
) -> Any:
    """The same, awaited."""
    import asyncio  # slow to import; whoever awaits has it already

    paused = _begin(wait_for_input, key)
    if paused is None:
        return None
    last = time.monotonic() + timeout
    try:
        while not paused.resumed.is_set() and time.monotonic() < last:
            await asyncio.sleep(_GLANCE_SECONDS)
    finally:
        resumed = end(paused)
    return _answer(paused, resumed)


def _begin(wanted: Any, key: str | None) -> PausedRun | None:
    """The pause; None for a key that was used before."""
    context = FlowRunContext.get()
    if context is None:
        raise RuntimeError("Flow runs can only be paused from within a flow run.")
    run = context.flow_run
    if key is not None and key in run.pause_keys:
        return None
    if key is not None:
        run.pause_keys.add(key)
    return begin(run, wanted, world.current())


def _answer(paused: PausedRun, resumed: bool) -> Any:
    if not resumed:
        raise FlowPauseTimeout("Flow run was paused and never resumed.")
    return paused.input


def _resume(flow_run_id: UUID, run_input: dict[str, Any] | None = None) -> None:
    """Let a paused flow run go on, with the input that it waits for.

    `NotPausedError` for a run that is not paused in this process, `RuntimeError` for an input that
    does not fit.
    """
    resume(flow_run_id, run_input)


def _suspend(
    wait_for_input: Any = None,  # noqa: ARG001  # no run can be suspended
    flow_run_id: UUID | None = None,
    timeout: float | None = None,  # noqa: ARG001
    key: str | None = None,  # noqa: ARG001
) -> None:
    """A run ends and is started again later: only runs of deployments can, as in Prefect.

    `RuntimeError` for any other; a run is told to suspend by itself only.
    """
    if flow_run_id is not None:
        raise NotSupported(
            "flowlight suspends no run from outside: pause it with pause_flow_run(), or run this"
            " file on Prefect itself"
        )
    if TaskRunContext.get() is not None:
        raise RuntimeError("Cannot suspend task runs.")
    context = FlowRunContext.get()
    if context is None:
        raise RuntimeError("Flow runs can only be suspended from within a flow run.")
    if context.flow_run.deployment is not None:
        raise NotSupported(
            "flowlight does not start a suspended run again: pause it with pause_flow_run(), or run"
            " this file on Prefect itself"
        )
    raise RuntimeError("Flow run cannot be suspended: Cannot suspend flows without a deployment.")


resume_flow_run = dispatched(_resume)
aresume_flow_run = as_async(_resume)
suspend_flow_run = dispatched(_suspend)
asuspend_flow_run = as_async(_suspend)
