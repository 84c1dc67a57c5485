"""Blocks and rate limits for ordinary code.

https://docs.prefect.io/v3/how-to-guides/workflows/global-concurrency-limits
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flowlight import world
from flowlight.concurrency.options import check
from flowlight.concurrency.slots import Taken, give_back
from flowlight.concurrency.telling import tell
from flowlight.concurrency.waiting import Request, taking

__all__ = ["concurrency", "rate_limit"]


@contextmanager
def concurrency(
    names: str | list[str],
    occupy: int = 1,
    timeout_seconds: float | None = None,
    max_retries: int | None = None,
    lease_duration: float = 300,
    strict: bool = False,
    holder: Any = None,
    raise_on_lease_renewal_failure: bool | None = None,  # noqa: ARG001  # renewing cannot fail here
) -> Iterator[None]:
    """Inside, `occupy` slots of each limit are taken; it waits for `timeout_seconds` for them.

    Raises `AcquireConcurrencySlotTimeoutError`, a `TimeoutError`, and
    `ConcurrencySlotAcquisitionError` for what can never be had or, when `strict`, for limits that
    do not exist; otherwise those are skipped with a warning. Slots are held by this process: they
    are free again when it is gone, however it ended.
    """
    check(names, lease_duration, holder)
    taken = _take(Request(names, occupy, timeout_seconds, strict, max_retries))
    if taken is None:
        yield
        return
    tell("acquired", taken)
    try:
        yield
    finally:
        give_back(taken)
        tell("released", taken)


def rate_limit(
    names: str | list[str],
    occupy: int = 1,
    timeout_seconds: float | None = None,
    strict: bool = False,
) -> None:
    """Wait until `occupy` slots of each limit are free and take them; they come back with time.

    Raises what `concurrency` raises, and `ConcurrencySlotAcquisitionError` for a limit whose slots
    do not decay.
    """
    taken = _take(Request(names, occupy, timeout_seconds, strict, rate_limit=True))
    if taken is not None:
        tell("acquired", taken)


def _take(request: Request) -> Taken | None:
    steps = taking(request)
    while True:
        try:
            seconds = next(steps)
        except StopIteration as end:
            taken: Taken | None = end.value
            return taken
        world.current().sleep(seconds)
