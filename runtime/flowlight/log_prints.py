"""`log_prints`: while such a body runs, `print` writes to its run's logger.

https://docs.prefect.io/v3/how-to-guides/workflows/add-logging. A task follows its flow unless it
says otherwise; text that is printed to a file of its own is not touched.
"""

from __future__ import annotations

import builtins
import io
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any

from flowlight import world
from flowlight.context import FlowRunContext, current_body
from flowlight.logs import get_run_logger
from flowlight.runs import TaskRun

__all__ = ["logs_prints", "watching"]

_lock = threading.Lock()
_active = 0
_print = builtins.print
_asked: ContextVar[bool] = ContextVar("flowlight_log_prints", default=False)


def logs_prints(run: TaskRun) -> bool | None:
    """What the task says of `log_prints`, else what the flow around it says."""
    around = FlowRunContext.get()
    if run.task.log_prints is not None or around is None:
        return run.task.log_prints
    return around.flow.log_prints


@contextmanager
def _watched(inside: AbstractContextManager[None]) -> Iterator[None]:
    global _active
    with _lock:
        _active += 1
        builtins.print = _print_or_log
    token = _asked.set(True)
    try:
        with inside:
            yield
    finally:
        _asked.reset(token)
        with _lock:
            _active -= 1
            if not _active:
                builtins.print = _print


def watching(
    log_prints: bool | None, inside: AbstractContextManager[None]
) -> AbstractContextManager[None]:
    """`inside`, with `print` going to the run's logger when `log_prints` asks for it."""
    if log_prints:
        return _watched(inside)
    return inside if not _asked.get() else _unwatched(inside)


@contextmanager
def _unwatched(inside: AbstractContextManager[None]) -> Iterator[None]:
    token = _asked.set(False)
    try:
        with inside:
            yield
    finally:
        _asked.reset(token)


def _print_or_log(*values: Any, file: Any = None, **options: Any) -> None:
    body = current_body()
    if file is not None or body is None or not _asked.get():
        _print(*values, file=file, **options)
        return
    buffer = io.StringIO()
    _print(*values, file=buffer, **options)
    world.current().emit("printed", body, text=buffer.getvalue())
    get_run_logger().info(buffer.getvalue().rstrip("\n"))
