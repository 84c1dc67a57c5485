"""SIGTERM while a flow runs: an exception in its body, so that hooks are told and threads end.

Observed in Prefect 3.8.8: the handler from before is called after that, by default the end of the
process, and so only the outermost flow run of the main thread listens.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flowlight.errors import TerminationSignal

__all__ = ["listening", "terminable"]


@contextmanager
def terminable() -> Iterator[None]:
    """Inside, SIGTERM raises `TerminationSignal` in the main thread."""
    import signal  # slow to import

    before = _before()
    if before is None or before is _raise:
        yield
        return
    signal.signal(signal.SIGTERM, _raise)
    try:
        yield
    except TerminationSignal as error:
        signal.signal(signal.SIGTERM, before)
        os.kill(os.getpid(), error.signal)
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def listening() -> Iterator[None]:
    """Inside, SIGTERM raises `TerminationSignal` for all of a program, which ends by itself then."""
    import signal

    before = _before()
    if before is None:
        yield
        return
    signal.signal(signal.SIGTERM, _raise)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _before() -> Any:
    """The handler that is there; None where none can be set: in other threads, or set by C code."""
    import signal

    if threading.current_thread() is not threading.main_thread():
        return None
    return signal.getsignal(signal.SIGTERM)


def _raise(number: int, _: Any) -> None:
    raise TerminationSignal(number)
