"""Runs a coroutine to its end from ordinary code, also where an event loop runs already."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Awaitable
from typing import Any

__all__ = ["run_coroutine", "settle"]


def run_coroutine(coroutine: Awaitable[Any]) -> Any:
    """The value of the coroutine; in a thread of its own when this one has a running loop."""
    import asyncio  # slow to import, and ordinary flows need none of it

    async def main() -> Any:
        return await coroutine

    if _loop_runs():
        return _in_thread(lambda: asyncio.run(main()))
    return asyncio.run(main())


def settle(value: Any) -> Any:
    """The value, or what it gives when it is awaited."""
    import inspect  # slow to import

    return run_coroutine(value) if inspect.isawaitable(value) else value


def _loop_runs() -> bool:
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _in_thread(job: Any) -> Any:
    """What `job` returns or raises, in a thread that sees this one's context."""
    outcome: dict[str, Any] = {}

    def work() -> None:
        try:
            outcome["value"] = job()
        except BaseException as error:  # raised again in the thread that waits
            outcome["error"] = error

    thread = threading.Thread(target=contextvars.copy_context().run, args=(work,))
    thread.start()
    thread.join()
    if "error" in outcome:
        raise outcome["error"]
    return outcome["value"]
