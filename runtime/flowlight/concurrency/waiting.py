"""Tries to take slots until they are free: the logic, as a generator of seconds to wait.

`sync.py` and `asyncio.py` wait in their own ways.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any

from flowlight import world
from flowlight.concurrency.errors import (
    AcquireConcurrencySlotTimeoutError,
    ConcurrencySlotAcquisitionError,
)
from flowlight.concurrency.slots import Taken, try_to_take
from flowlight.errors import MissingContextError
from flowlight.logs import get_logger, get_run_logger

__all__ = ["Request", "as_names", "taking"]

_FIRST_WAIT, _LONGEST_WAIT = 0.01, 0.5  # seconds between tries: each is one read of a file


class Request:
    """What is asked for. Raises what `concurrency` and `rate_limit` raise for it."""

    def __init__(
        self,
        names: str | list[str],
        occupy: int,
        timeout_seconds: float | None,
        strict: bool,
        max_retries: int | None = None,
        rate_limit: bool = False,
    ) -> None:
        self.names = as_names(names)
        self.occupy = occupy
        self.timeout_seconds = timeout_seconds
        self.strict = strict
        self.max_retries = max_retries
        self.rate_limit = rate_limit


def as_names(names: str | list[str]) -> list[str]:
    """A list of names; none for an empty text."""
    if not names:
        return []
    return names if isinstance(names, list) else [names]


def taking(request: Request) -> Generator[float, Any, Taken | None]:
    """Yields seconds to wait; what was taken, or None when there was nothing to take."""
    if not request.names:
        return None
    end = _end(request)
    wait, tries = _FIRST_WAIT, 0
    while (taken := _try(request)) is None:
        if request.max_retries is not None and tries >= request.max_retries:
            raise ConcurrencySlotAcquisitionError.of(request.names, "423 Locked: Locked")
        left = None if end is None else (end - world.current().clock()).total_seconds()
        if left is not None and left <= 0:
            raise AcquireConcurrencySlotTimeoutError(
                "Attempt to acquire concurrency slots timed out after"
                f" {request.timeout_seconds} second(s)"
            )
        yield wait if left is None else min(wait, left)
        wait, tries = min(2 * wait, _LONGEST_WAIT), tries + 1
    return taken if taken.limits else None


def _try(request: Request) -> Taken | None:
    taken = try_to_take(request.names, request.occupy, rate_limit=request.rate_limit)
    if taken is not None and not taken.limits:
        _tell_missing(request)
    return taken


def _end(request: Request) -> datetime | None:
    if request.timeout_seconds is None:
        return None
    return world.current().clock() + timedelta(seconds=request.timeout_seconds)


def _tell_missing(request: Request) -> None:
    """Observed in Prefect 3.8.8: when none of the limits is there, nothing is limited."""
    if request.strict:
        raise ConcurrencySlotAcquisitionError(
            f"Concurrency limits {request.names!r} must be created before acquiring slots"
        )
    try:
        logger = get_run_logger()
    except MissingContextError:
        logger = get_logger("concurrency")
    logger.warning(f"Concurrency limits {request.names!r} do not exist - skipping acquisition.")
