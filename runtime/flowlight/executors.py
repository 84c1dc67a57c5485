"""Where the bodies of submitted tasks run: in this thread, or in threads of the flow run's own."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

__all__ = ["Executor", "Inline", "Threads"]

_MOST_THREADS = (
    1000  # "no limit", for a machine that has one: a thread is only made when none is idle
)


class Executor(Protocol):
    """Runs jobs; `close` returns when no thread of it is left."""

    def submit(self, context: contextvars.Context, job: Callable[[], None]) -> None:
        """Run `job` in `context`, now or later."""

    def close(self) -> None:
        """Wait for what runs, take no more."""


class Inline:
    """Runs each job at once, in the thread that submits it."""

    def submit(self, context: contextvars.Context, job: Callable[[], None]) -> None:
        """Run `job` now."""
        context.run(job)

    def close(self) -> None:
        """There is nothing to wait for."""


class Threads:
    """Runs jobs in at most `limit` threads."""

    def __init__(self, limit: int | None = None) -> None:
        self._pool = ThreadPoolExecutor(limit or _MOST_THREADS, thread_name_prefix="flowlight")

    def submit(self, context: contextvars.Context, job: Callable[[], None]) -> None:
        """Run `job` when a thread is free."""
        self._pool.submit(context.run, job)

    def close(self) -> None:
        """Wait for the threads to end."""
        self._pool.shutdown(wait=True)
