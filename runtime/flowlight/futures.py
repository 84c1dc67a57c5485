"""Futures of submitted task runs, and waiting for several of them.

https://docs.prefect.io/v3/api-ref/python/prefect-futures
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from types import GenericAlias
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from flowlight import world
from flowlight.absent import rename_names
from flowlight.context import current_body
from flowlight.renamed import FUTURE
from flowlight.runs import TaskRun
from flowlight.state_results import fetched
from flowlight.states import State

__all__ = [
    "DoneAndNotDoneFutures",
    "PrefectConcurrentFuture",
    "PrefectFuture",
    "PrefectFutureList",
    "as_completed",
    "wait",
]


class PrefectFuture:
    """A task run that was submitted. Callbacks run in the thread that ends the run.

    There may be very many: what waiting needs is made by those who wait.
    """

    __class_getitem__: ClassVar[Any] = classmethod(GenericAlias)
    __slots__ = ("__dict__", "_callbacks", "_done", "_lock", "_run", "_waiting", "_wreck")

    def __init__(self, run: TaskRun) -> None:
        self._run = run
        self._done = False
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[PrefectFuture], Any]] | None = None
        self._waiting: threading.Event | None = None
        self._wreck: BaseException | None = None

    @property
    def task_run_id(self) -> UUID:
        """The id of the task run."""
        return self._run.id

    @property
    def task_run(self) -> TaskRun:
        """The task run."""
        return self._run

    @property
    def state(self) -> State:
        """The state of the run at this moment."""
        state = self._run.state
        assert state is not None  # a run has a state before it has a future
        return state

    def wait(self, timeout: float | None = None) -> None:
        """Wait until the run has ended, or for `timeout` seconds; raises what crashed the run."""
        if self.block(timeout):
            world.current().emit("taken", self._run, current_body())
            if self._wreck is not None:
                raise self._wreck

    def result(self, timeout: float | None = None, raise_on_failure: bool = True) -> Any:
        """What the body returned; raises its exception, `UnfinishedRun`, or `TimeoutError`."""
        self.wait(timeout)
        if not self._done:
            raise TimeoutError(
                f"Task run {self.task_run_id} did not complete within {timeout} seconds"
            )
        return fetched(self.state, raise_on_failure)

    def add_done_callback(self, fn: Callable[[PrefectFuture], Any]) -> None:
        """Call `fn(future)` when the run has ended; at once when it has already."""
        with self._lock:
            if not self._done:
                if self._callbacks is None:
                    self._callbacks = []
                self._callbacks.append(fn)
                return
        _call(fn, self)

    def block(self, timeout: float | None = None) -> bool:
        """Wait without being noticed as one who has seen the result."""
        return self._done or self._wait(timeout)

    def _wait(self, timeout: float | None) -> bool:
        with self._lock:
            waiting = None if self._done else self._waiting or threading.Event()
            self._waiting = waiting
        return waiting is None or waiting.wait(timeout)

    def finish(self, wreck: BaseException | None = None) -> None:
        """The run has ended; `wreck` is what escaped from it."""
        with self._lock:
            self._wreck = wreck
            self._done = True
            callbacks, self._callbacks = self._callbacks, None
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.set()
        for fn in callbacks or ():
            _call(fn, self)


rename_names(PrefectFuture, FUTURE)


class PrefectConcurrentFuture(PrefectFuture):
    """The future of a task run in a thread or a process."""

    __slots__ = ()


def _call(fn: Callable[[PrefectFuture], Any], future: PrefectFuture) -> None:
    """A callback that raises stops neither the next one nor the run."""
    try:
        fn(future)
    except Exception as error:
        text = f"An error was encountered in a done callback: {error!r}"
        world.current().emit("log", future.task_run, level="ERROR", text=text)


class PrefectFutureList(list[PrefectFuture]):
    """What `map` returns."""

    def wait(self, timeout: float | None = None) -> None:
        """Wait for all of them."""
        wait(self, timeout)

    def result(self, timeout: float | None = None, raise_on_failure: bool = True) -> list[Any]:
        """All results, in order; a failure is raised as soon as it is there."""
        if timeout is not None and timeout < 0:
            raise ValueError(f"'timeout' must be a non-negative number, got {timeout}")
        found: dict[PrefectFuture, Any] = {}
        try:
            for future in _arrivals(self, timeout):
                found[future] = future.result(raise_on_failure=raise_on_failure)
        except _WaitTimeoutError as error:
            raise TimeoutError(
                f"Timed out waiting for all futures to complete within {timeout} seconds"
            ) from error
        return [found[future] for future in self]


class _WaitTimeoutError(TimeoutError):
    """The time for waiting is over; a task's own `TimeoutError` is another."""


class DoneAndNotDoneFutures(NamedTuple):
    """What `wait` returns."""

    done: set[PrefectFuture]
    not_done: set[PrefectFuture]


def wait(futures: Iterable[PrefectFuture], timeout: float | None = None) -> DoneAndNotDoneFutures:
    """Wait for all of them, for `timeout` seconds at most."""
    end = None if timeout is None else time.monotonic() + timeout
    done, not_done = set(), set()
    for future in futures:
        left = None if end is None else max(0.0, end - time.monotonic())
        if future.block(left):
            future.wait()
            done.add(future)
        else:
            not_done.add(future)
    return DoneAndNotDoneFutures(done, not_done)


def as_completed(
    futures: Iterable[PrefectFuture], timeout: float | None = None
) -> Iterator[PrefectFuture]:
    """Each future when it is done; `TimeoutError` after `timeout` seconds in all."""
    for future in _arrivals(futures, timeout):
        world.current().emit("taken", future.task_run, current_body())
        yield future


def _arrivals(futures: Iterable[PrefectFuture], timeout: float | None) -> Iterator[PrefectFuture]:
    """The same, unnoticed."""
    import queue  # slow to import, and few wait for whichever is first

    waiting = set(futures)
    end = None if timeout is None else time.monotonic() + timeout
    arrived: queue.SimpleQueue[PrefectFuture] = queue.SimpleQueue()
    for future in waiting:
        future.add_done_callback(arrived.put)
    for left in range(len(waiting), 0, -1):
        try:
            future = arrived.get(timeout=None if end is None else max(0.0, end - time.monotonic()))
        except queue.Empty:
            text = f"{left} (of {len(waiting)}) futures unfinished"
            raise _WaitTimeoutError(text) from None
        yield future
