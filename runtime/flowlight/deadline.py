"""Time-outs of bodies: by a signal in the main thread, by an exception sent to any other.

A thread that is inside one long call of C code (`time.sleep`, a query) ends when that call returns.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["deadline"]


@contextmanager
def deadline(seconds: float, expired: type[TimeoutError]) -> Iterator[None]:
    """Raise `expired` in place of what ends a body that takes longer than this."""
    import signal  # slow to import, as few tasks have a time limit

    main = threading.current_thread() is threading.main_thread()
    signal_is_there = main and hasattr(signal, "setitimer")
    # A class of its own for each: an inner limit must not take an outer one's for its own.
    sent: type[_Expired] = type("Expired", (_Expired,), {})
    try:
        with _by_signal(seconds, sent) if signal_is_there else _by_message(seconds, sent):
            yield
    except sent:
        raise expired(f"Scope timed out after {seconds} second(s).") from None


class _Expired(BaseException):
    """What is sent to the body; its `except Exception` lets it pass."""


@contextmanager
def _by_signal(seconds: float, sent: type[_Expired]) -> Iterator[None]:
    """The limit around this one keeps the only timer when it ends first."""
    import signal

    around = signal.getitimer(signal.ITIMER_REAL)[0]
    if 0 < around <= seconds:
        yield
        return

    def expire(*_: Any) -> None:
        raise sent

    start = time.monotonic()
    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-6))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if around:
            left = around - (time.monotonic() - start)
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-6))


@contextmanager
def _by_message(seconds: float, expired: type[_Expired]) -> Iterator[None]:
    """The lock makes sure that nothing is sent once the body has ended."""
    ident, lock, over = threading.get_ident(), threading.Lock(), threading.Event()
    sent = False

    def watch() -> None:
        nonlocal sent
        if over.wait(seconds):
            return
        with lock:
            if not over.is_set():
                sent = True
                _send(ident, expired)

    watcher = threading.Thread(target=watch, name="flowlight-deadline", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        with lock:
            over.set()
        if sent:
            _send(ident, None)  # takes back one that has not arrived
        watcher.join()


def _send(ident: int, expired: type[_Expired] | None) -> None:
    """Have this raised in the thread; None takes back what was sent."""
    import ctypes  # slow to import, and few flows need it

    what = None if expired is None else ctypes.py_object(expired)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(ident), what)
