"""Blocks and rate limits for asynchronous code; see `sync.py`."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from flowlight import world
from flowlight.concurrency.errors import (
    AcquireConcurrencySlotTimeoutError,
    ConcurrencySlotAcquisitionError,
)
from flowlight.concurrency.options import check
from flowlight.concurrency.slots import Taken, give_back
from flowlight.concurrency.telling import tell
from flowlight.concurrency.waiting import Request, taking

__all__ = [
    "AcquireConcurrencySlotTimeoutError",
    "ConcurrencySlotAcquisitionError",
    "concurrency",
    "rate_limit",
]


@asynccontextmanager
async def concurrency(
    names: str | list[str],
    occupy: int = 1,
    timeout_seconds: float | None = None,
    max_retries: int | None = None,
    lease_duration: float = 300,
    strict: bool = False,
    holder: Any = None,
    raise_on_lease_renewal_failure: bool | None = None,  # noqa: ARG001  # renewing cannot fail here
) -> AsyncIterator[None]:
    """As the block of `sync.py`, for `async with`."""
    check(names, lease_duration, holder)
    taken = await _take(Request(names, occupy, timeout_seconds, strict, max_retries))
    if taken is None:
        yield
        return
    tell("acquired", taken)
    try:
        yield
    finally:
        give_back(taken)
        tell("released", taken)


async def rate_limit(
    names: str | list[str],
    occupy: int = 1,
    timeout_seconds: float | None = None,
    strict: bool = False,
) -> None:
    """As in `sync.py`, awaited."""
    taken = await _take(Request(names, occupy, timeout_seconds, strict, rate_limit=True))
    if taken is not None:
        tell("acquired", taken)


async def _take(request: Request) -> Taken | None:
    import asyncio  # slow to import; whoever runs this has it already

    steps = taking(request)
    while True:
        try:
            seconds = next(steps)
        except StopIteration as end:
            taken: Taken | None = end.value
            return taken
        if world.current().sleep is time.sleep:
            await asyncio.sleep(seconds)
        else:
            world.current().sleep(seconds)  # somebody's own idea of time
