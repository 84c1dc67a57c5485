"""Where the bodies of submitted tasks run: in this thread, or in threads of the flow run's own."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["Executor", "Inline", "Threads"]

_MOST_THREADS = (
    1000  # "no limit", for a machine that has one: a thread is only made when none is idle
)

Dropped = Callable[[BaseException], None]


class Executor(Protocol):
    """Runs jobs; `close` returns when no thread of it is left."""

    def submit(
        self, context: contextvars.Context, job: Callable[[], None], dropped: Dropped
    ) -> bool:
        """Run `job` in `context`, now or later; `dropped` hears of one that will never run.

        False when the executor is closed already.
        """

    def close(self) -> None:
        """Drop what has not started, wait for what runs, take no more."""


class Inline:
    """Runs each job at once, in the thread that submits it."""

    def submit(
        self,
        context: contextvars.Context,
        job: Callable[[], None],
        dropped: Dropped,  # noqa: ARG002  # nothing waits here
    ) -> bool:
        """Run `job` now."""
        context.run(job)
        return True

    def close(self) -> None:
        """There is nothing to wait for."""


class Threads:
    """Runs jobs in at most `limit` threads."""

    def __init__(self, limit: int) -> None:
        from concurrent.futures import ThreadPoolExecutor  # slow to import

        self._pool = ThreadPoolExecutor(min(limit, _MOST_THREADS), thread_name_prefix="flowlight")
        self._limited = limit < _MOST_THREADS
        self._closed = False

    def submit(
        self, context: contextvars.Context, job: Callable[[], None], dropped: Dropped
    ) -> bool:
        """Run `job` when a thread is free."""
        try:
            future = self._pool.submit(context.run, job)
        except RuntimeError:
            if not self._closed:
                raise
            return False
        if self._limited:  # without a limit nothing is left waiting for a thread
            future.add_done_callback(lambda done: _tell(done, dropped))
        return True

    def close(self) -> None:
        """Wait for the threads to end."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=self._limited)


def _tell(future: Future[None], dropped: Dropped) -> None:
    if future.cancelled():
        from concurrent.futures import CancelledError

        dropped(CancelledError())
