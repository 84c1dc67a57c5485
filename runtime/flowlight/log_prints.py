"""`log_prints`: while such a body runs, `print` writes to its run's logger.

https://docs.prefect.io/v3/how-to-guides/workflows/add-logging. A task follows its flow unless it
says otherwise; text that is printed to a file of its own is not touched, standard error is.
"""

from __future__ import annotations

import builtins
import io
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any

from flowlight import world
from flowlight.context import current_body, flow_around
from flowlight.hooks import in_hook
from flowlight.logs import get_run_logger
from flowlight.runs import TaskRun
from flowlight.settings import PREFECT_LOGGING_LOG_PRINTS

__all__ = ["logs_prints", "print_as_log", "stays_plain", "watching"]

_lock = threading.Lock()
_active = 0
_print = builtins.print
_asked: ContextVar[bool] = ContextVar("flowlight_log_prints", default=False)


def logs_prints(run: TaskRun) -> bool:
    """What the task says of `log_prints`, else what the flow around it says."""
    return _of_flow() if run.task.log_prints is None else run.task.log_prints


def _of_flow() -> bool:
    """What the flow around says, or else the one around that (observed in Prefect 3.8.8)."""
    around = flow_around()
    run = around.flow_run if around else None
    while run is not None:
        if run.flow.log_prints is not None:
            return run.flow.log_prints
        run = run.parent
    return bool(PREFECT_LOGGING_LOG_PRINTS.value())


@contextmanager
def _watched(inside: AbstractContextManager[None]) -> Iterator[None]:
    global _active
    with _lock:
        _active += 1
        builtins.print = print_as_log
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
    """`inside`, with `print` going to the run's logger when `log_prints` asks for it.

    None is what a flow says that leaves it to the flow around.
    """
    if _of_flow() if log_prints is None else log_prints:
        return _watched(inside)
    return inside if not _asked.get() else _unwatched(inside)


def stays_plain(log_prints: bool | None) -> bool:
    """Whether `watching` would change nothing."""
    return not _asked.get() and not (_of_flow() if log_prints is None else log_prints)


@contextmanager
def _unwatched(inside: AbstractContextManager[None]) -> Iterator[None]:
    token = _asked.set(False)
    try:
        with inside:
            yield
    finally:
        _asked.reset(token)


def print_as_log(*values: Any, file: Any = None, **options: Any) -> None:
    """As `print`; inside of a run that asks for `log_prints` the text goes to its logger."""
    body = current_body()
    if body is None or not _asked.get() or file not in (None, sys.stdout, sys.stderr):
        _print(*values, file=file, **options)
        return
    buffer = io.StringIO()
    _print(*values, file=buffer, **options)
    hook = in_hook()
    if hook is not None:
        hook.printed.append(buffer.getvalue())
    else:
        world.current().emit("printed", body, text=buffer.getvalue())
    # The record says where the print stands, as in Prefect.
    get_run_logger().info(buffer.getvalue().rstrip(), stacklevel=2)
