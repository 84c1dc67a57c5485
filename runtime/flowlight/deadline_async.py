"""Time-outs of coroutines: the task that runs the body is cancelled, which ends its `await`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["deadline_async"]


@contextmanager
def deadline_async(seconds: float, expired: type[TimeoutError]) -> Iterator[None]:
    """Raise `expired` in place of the cancellation when the body takes longer than this."""
    import asyncio

    task = asyncio.current_task()
    assert task is not None  # a coroutine runs in one
    fired = False

    def fire() -> None:
        nonlocal fired
        fired = True
        task.cancel()

    timer = asyncio.get_running_loop().call_later(seconds, fire)
    try:
        yield
    except asyncio.CancelledError:
        if not fired:
            raise
        if hasattr(task, "uncancel"):  # Python 3.11 counts cancellations
            task.uncancel()
        raise expired(f"Scope timed out after {seconds} second(s).") from None
    finally:
        timer.cancel()
