"""Time-outs of bodies: by a signal in the main thread, by an exception sent to any other.

A thread that is inside one long call of C code (`time.sleep`, a query) ends when that call returns.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["deadline"]


@contextmanager
def deadline(seconds: float, expired: type[TimeoutError]) -> Iterator[None]:
    """Raise `expired` in the body when it takes longer than this."""
    error = expired(f"Scope timed out after {seconds} second(s).")
    main = threading.current_thread() is threading.main_thread()
    if main and hasattr(signal, "setitimer") and signal.getitimer(signal.ITIMER_REAL)[0] == 0:
        with _by_signal(seconds, error):
            yield
    else:
        with _by_message(seconds, error):
            yield


@contextmanager
def _by_signal(seconds: float, error: TimeoutError) -> Iterator[None]:
    def expire(*_: Any) -> None:
        raise error

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-6))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Expired(BaseException):
    """What is sent to the thread; a body's `except Exception` lets it pass."""


@contextmanager
def _by_message(seconds: float, error: TimeoutError) -> Iterator[None]:
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
                _send(ident)

    watcher = threading.Thread(target=watch, name="flowlight-deadline", daemon=True)
    watcher.start()
    try:
        yield
        with lock:
            over.set()
        _absorb(sent)
    except _Expired:
        raise error from None
    finally:
        over.set()
        watcher.join()


def _absorb(sent: bool) -> None:
    """Give an exception that is already on its way the time to arrive here."""
    while sent:
        pass


def _send(ident: int) -> None:
    import ctypes  # slow to import, and few flows need it

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(ident), ctypes.py_object(_Expired))
