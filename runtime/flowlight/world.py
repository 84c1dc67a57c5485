"""All that a run uses and that is outside of it, as one value: clock, sleep, chance, sinks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import partial
from typing import Any

from flowlight.events import Event, Sink

__all__ = ["World", "current", "use"]


_now: Callable[[], datetime] = partial(datetime.now, timezone.utc)


def _spread(seconds: float, factor: float) -> float:
    from flowlight.jitter import spread  # slow to import: `random` brings OpenSSL

    return spread(seconds, factor)


@dataclass(frozen=True)
class World:
    """`clock` gives aware times, `sleep` takes seconds.

    `spread` gives a delay in place of one of so many seconds, for a `retry_jitter_factor`.
    """

    clock: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep
    spread: Callable[[float, float], float] = _spread
    sinks: tuple[Sink, ...] = ()
    lock: threading.Lock = field(default_factory=threading.Lock)

    def emit(self, kind: str, run: Any, body: Any = None, **details: Any) -> None:
        """Tell every sink, one event at a time."""
        if not self.sinks:
            return
        event = Event(kind, run, body, details)
        with self.lock:
            for sink in self.sinks:
                sink(event)


_current: ContextVar[World] = ContextVar("flowlight_world", default=World())  # noqa: B039  # frozen


current = _current.get
"""The world of this thread's context."""


@contextmanager
def use(world: World) -> Iterator[World]:
    """Make `world` the current one; runs that are submitted inside see it in their threads too."""
    token = _current.set(world)
    try:
        yield world
    finally:
        _current.reset(token)
