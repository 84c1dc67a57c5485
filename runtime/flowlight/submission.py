"""The submitted task runs of one flow run: each starts when the futures it was given are done.

No thread waits for another run, so a chain of any length needs neither threads nor recursion.
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Iterable

from flowlight.executors import Executor
from flowlight.futures import PrefectFuture
from flowlight.task_runners import TaskRunner

__all__ = ["Submissions"]


class Submissions:
    """Makes its executor when the first task is submitted; `drain` ends it."""

    def __init__(self, runner: TaskRunner) -> None:
        self.runner = runner
        self._executor: Executor | None = None
        self._open: set[PrefectFuture] = set()
        self._lock = threading.Lock()

    def submit(
        self, future: PrefectFuture, after: Iterable[PrefectFuture], job: Callable[[], None]
    ) -> None:
        """Run `job` when everything in `after` is done; what escapes from it wrecks the future."""
        with self._lock:
            self._executor = executor = self._executor or self.runner.executor()
            self._open.add(future)
        context = contextvars.copy_context()

        def run() -> None:
            wreck: BaseException | None = None
            try:
                job()
            except BaseException as error:  # kept for whoever waits
                wreck = error
            future.finish(wreck)
            with self._lock:
                self._open.discard(future)

        _Countdown(after, lambda: executor.submit(context, run)).start()

    def drain(self) -> None:
        """Wait for everything that was submitted, then for the threads."""
        while self._open:
            with self._lock:
                waiting = list(self._open)
            for future in waiting:
                future.block()
        if self._executor is not None:
            self._executor.close()
            self._executor = None


class _Countdown:
    """Calls `then` once, when the last of several futures is done."""

    def __init__(self, futures: Iterable[PrefectFuture], then: Callable[[], None]) -> None:
        self.futures = list(futures)
        self.left = len(self.futures) + 1
        self.then = then
        self.lock = threading.Lock()

    def start(self) -> None:
        for future in self.futures:
            future.add_done_callback(self._count)
        self._count(None)

    def _count(self, _: PrefectFuture | None) -> None:
        with self.lock:
            self.left -= 1
            last = self.left == 0
        if last:
            self.then()
