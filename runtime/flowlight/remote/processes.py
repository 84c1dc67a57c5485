"""A pool of processes, with a pipe through which they report while a task runs.

Started by `spawn`, as Prefect's: nothing of this process is there but what was sent.
"""

from __future__ import annotations

import logging
import multiprocessing
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from typing import Any

from flowlight.remote import worker
from flowlight.remote.parcel import wrapped
from flowlight.remote.reports import Report

__all__ = ["Processes"]

_main_lock = threading.Lock()


class Processes:
    """Starts when the first parcel is sent; `close` leaves no process and no thread behind."""

    def __init__(
        self, limit: int, initializer: Callable[..., None] | None, initargs: tuple[Any, ...]
    ) -> None:
        self._limit = limit
        self._initializer = (initializer, initargs)
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._tells: dict[uuid.UUID, Callable[[Report], None]] = {}
        self._arrived: dict[uuid.UUID, threading.Event] = {}

    def send(self, payload: bytes, tell: Callable[[Report], None]) -> bytes:
        """Have a process run the parcel; its answer. `BrokenProcessPool` when a process is gone."""
        ident, arrived = uuid.uuid4(), threading.Event()
        self._tells[ident], self._arrived[ident] = tell, arrived
        try:
            with _lone_main():
                future = self._started().submit(worker.work, ident, payload)
            answer = future.result()
            arrived.wait()  # what it reported is told before its end
            return answer
        finally:
            del self._tells[ident], self._arrived[ident]

    def close(self) -> None:
        """Wait for the processes to end."""
        if self._pool is None:
            return
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._out.close()  # the last writer: the listener hears the end
        self._listener.join()
        self._in.close()

    def _started(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                self._in, self._out = context.Pipe(duplex=False)
                level = logging.getLogger("prefect").getEffectiveLevel()
                told = worker.Told(self._out, context.Lock(), level, wrapped(self._initializer))
                self._pool = ProcessPoolExecutor(
                    self._limit, context, initializer=worker.prepare, initargs=(told,)
                )
                self._listener = threading.Thread(target=self._listen, name="flowlight-reports")
                self._listener.start()
            return self._pool

    def _listen(self) -> None:
        import pickle

        while True:
            try:
                ident, item = pickle.loads(self._in.recv_bytes())  # noqa: S301  # our own child
            except (EOFError, OSError):
                return
            if item is None:
                if ident in self._arrived:
                    self._arrived[ident].set()
            elif ident in self._tells:
                self._tells[ident](item)


@contextmanager
def _lone_main() -> Iterator[None]:
    """Inside, new processes do not run this one's script again: cloudpickle sends what they need.

    `spawn` runs it before anything can be prepared, and it may import `prefect`.
    """
    main: Any = sys.modules["__main__"]
    with _main_lock:
        before = getattr(main, "__spec__", None)
        main.__spec__ = ModuleSpec("flowlight.__main__", None)
        try:
            yield
        finally:
            main.__spec__ = before
