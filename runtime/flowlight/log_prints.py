"""`log_prints`: while such a body runs, `print` writes to its run's logger.

https://docs.prefect.io/v3/how-to-guides/workflows/add-logging. A task follows its flow unless it says otherwise; text that
is printed to a file of its own is not touched.
"""

from __future__ import annotations

import builtins
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flowlight import world
from flowlight.context import FlowRunContext, current_body
from flowlight.runs import Run, TaskRun

__all__ = ["logging_prints"]

_lock = threading.Lock()
_active = 0
_print = builtins.print


@contextmanager
def logging_prints() -> Iterator[None]:
    """Watch `print` while any run that asks for it is under way."""
    global _active
    with _lock:
        _active += 1
        builtins.print = _watched
    try:
        yield
    finally:
        with _lock:
            _active -= 1
            if not _active:
                builtins.print = _print


def wants(run: Run) -> bool:
    """Whether the prints of this run's body go to its logger."""
    own = run.task.log_prints if isinstance(run, TaskRun) else run.flow.log_prints  # type: ignore[attr-defined]
    if own is None and isinstance(run, TaskRun):
        around = FlowRunContext.get()
        own = around.flow.log_prints if around is not None else None
    return bool(own)


def _watched(*values: Any, file: Any = None, **options: Any) -> None:
    body = current_body()
    if file is not None or body is None or not wants(body):
        _print(*values, file=file, **options)
        return
    buffer = io.StringIO()
    _print(*values, file=buffer, **options)
    world.current().emit("printed", body, text=buffer.getvalue())
