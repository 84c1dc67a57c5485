"""All that a run uses and that is outside of it, as one value: clock, sleep, chance, sinks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timezone
from functools import partial
from typing import Any

from flowlight.events import Event, Sink

__all__ = ["World", "current", "use"]


_now: Callable[[], datetime] = partial(datetime.now, timezone.utc)


def _spread(seconds: float, factor: float) -> float:
    from flowlight.jitter import spread  # slow to import: `random` brings OpenSSL

    return spread(seconds, factor)


class World:
    """`clock` gives aware times, `sleep` takes seconds.

    `spread` gives a delay in place of one of so many seconds, for a `retry_jitter_factor`.
    """

    __slots__ = ("_lock", "clock", "sinks", "sleep", "spread")

    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    spread: Callable[[float, float], float]
    sinks: tuple[Sink, ...]
    _lock: threading.Lock

    def __init__(
        self,
        clock: Callable[[], datetime] = _now,
        sleep: Callable[[float], None] = time.sleep,
        spread: Callable[[float, float], float] = _spread,
        sinks: tuple[Sink, ...] = (),
    ) -> None:
        put = object.__setattr__
        put(self, "clock", clock)
        put(self, "sleep", sleep)
        put(self, "spread", spread)
        put(self, "sinks", sinks)
        put(self, "_lock", threading.Lock())

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a World does not change: make another one, with {name}={value!r}")

    def emit(self, kind: str, run: Any, body: Any = None, **details: Any) -> None:
        """Tell every sink, one event at a time."""
        if not self.sinks:
            return
        event = Event(kind, run, body, details)
        with self._lock:
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
