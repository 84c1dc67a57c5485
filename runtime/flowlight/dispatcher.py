"""Starts submitted task runs: each one when the futures it was given are done.

No thread waits for another run, so a chain of any length needs neither threads nor recursion.
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Iterable

from flowlight.executors import Executor
from flowlight.futures import PrefectFuture

__all__ = ["Dispatcher"]


# Prefect asks its server when a flow ends, before it stops the task runner: quick tasks start still.
_MOMENT_SECONDS = 0.3


class Dispatcher:
    """Makes its executor when the first task is submitted; `close` ends it."""

    def __init__(self, make_executor: Callable[[], Executor]) -> None:
        self._make_executor = make_executor
        self._executor: Executor | None = None
        self._open = 0
        self._late: list[_Job] = []
        self._changed = threading.Condition(threading.Lock())
        self._closing = False
        self.closed = False

    def submit(
        self, future: PrefectFuture, after: Iterable[PrefectFuture], body: Callable[[], None]
    ) -> None:
        """Run `body` when everything in `after` is done; what escapes from it wrecks the future."""
        with self._changed:
            self._open += 1
        job = _Job(contextvars.copy_context(), future, body, self._ended)
        _Countdown(after, job, self._start).start()

    def close(self) -> None:
        """Drop what waits for a thread, wait for what runs.

        A run that waited for others is started still: it finds the dispatcher closed.
        """
        self._settle()
        with self._changed:
            self.closed = True
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.close()
        while (job := self._next_late()) is not None:
            job.run_in_context()

    def _settle(self) -> None:
        """Let go on what is about to end: as long as one run after the other does."""
        with self._changed:
            self._closing = True
            while self._open and self._changed.wait(_MOMENT_SECONDS):
                pass

    def _start(self, job: _Job) -> None:
        with self._changed:
            executor = None if self.closed else self._executor or self._make_executor()
            self._executor = executor
        if executor is None or not executor.submit(job.context, job.run, job.end):
            with self._changed:
                self._late.append(job)
                self._changed.notify()

    def _next_late(self) -> _Job | None:
        """The next run that is late; None when nothing is open any more."""
        with self._changed:
            while not self._late and self._open:
                self._changed.wait()
            return self._late.pop() if self._late else None

    def _ended(self) -> None:
        with self._changed:
            self._open -= 1
            if self._closing:
                self._changed.notify()


class _Job:
    """One submitted run, with the context that it was submitted in."""

    __slots__ = ("_body", "_ended", "_future", "context")

    def __init__(
        self,
        context: contextvars.Context,
        future: PrefectFuture,
        body: Callable[[], None],
        ended: Callable[[], None],
    ) -> None:
        self.context = context
        self._future = future
        self._body = body
        self._ended = ended

    def run(self) -> None:
        """Call the body; what escapes from it is kept for whoever waits."""
        try:
            self._body()
        except BaseException as error:
            self.end(error)
        else:
            self.end(None)

    def end(self, wreck: BaseException | None) -> None:
        """The run has ended; the body is not needed any more."""
        del self._body
        self._future.finish(wreck)
        self._ended()

    def run_in_context(self) -> None:
        """The same from outside of the context."""
        self.context.run(self.run)


class _Countdown:
    """Calls `then(job)` once, when the last of several futures is done."""

    __slots__ = ("_futures", "_job", "_left", "_lock", "_then")

    def __init__(
        self, futures: Iterable[PrefectFuture], job: _Job, then: Callable[[_Job], None]
    ) -> None:
        self._futures = list(futures)
        self._left = len(self._futures) + 1
        self._job = job
        self._then = then
        self._lock = threading.Lock()

    def start(self) -> None:
        if not self._futures:  # nothing to wait for
            self._then(self._job)
            return
        for future in self._futures:
            future.add_done_callback(self._count)
        self._count(None)

    def _count(self, _: PrefectFuture | None) -> None:
        with self._lock:
            self._left -= 1
            last = self._left == 0
        if last:
            self._then(self._job)
