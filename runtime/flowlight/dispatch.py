"""Methods that give a value in ordinary code and a coroutine in asynchronous code, as Prefect's do.

Inside of a run its own kind decides; outside, whether an event loop runs (observed in
Prefect 3.8.8).
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

from flowlight.context import FlowRunContext, TaskRunContext

__all__ = ["awaited", "dispatched", "in_async_code"]


def in_async_code() -> bool:
    """Whether the running body is a coroutine; outside of bodies: whether an event loop runs."""
    task, flow = TaskRunContext.get(), FlowRunContext.get()
    if task is not None:
        return task.task.isasync
    if flow is not None:
        return flow.flow.isasync
    asyncio = sys.modules.get("asyncio")  # not imported: no loop runs
    if asyncio is None:
        return False
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def dispatched(fn: Callable[..., Any]) -> Callable[..., Any]:
    """`fn`, or in asynchronous code a coroutine of it; `_sync` decides where it is given."""

    @functools.wraps(fn)
    async def later(*args: Any, **kwargs: Any) -> Any:
        return fn(*args, **kwargs)

    @functools.wraps(fn)
    def either(*args: Any, _sync: bool | None = None, **kwargs: Any) -> Any:
        asynchronous = in_async_code() if _sync is None else not _sync
        return (later if asynchronous else fn)(*args, **kwargs)

    either.aio = later  # type: ignore[attr-defined]  # where Prefect has it
    return either


def awaited(either: Any) -> Callable[..., Any]:
    """The coroutine function of a method that is `dispatched`: `aread_path` of `read_path`."""
    later: Callable[..., Any] = either.aio
    return later
