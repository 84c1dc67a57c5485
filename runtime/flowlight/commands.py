"""What the logic of a run asks its driver for: to wait, to sleep, to call a body."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from flowlight.futures import PrefectFuture
from flowlight.states import State

__all__ = ["Call", "Command", "Logic", "Sleep", "WaitFor"]


@dataclass(frozen=True)
class Call:
    """Call the body inside of a context. `timeout` (seconds) ends it with `expired`."""

    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    inside: AbstractContextManager[None]
    timeout: float | None
    expired: type[TimeoutError]


@dataclass(frozen=True)
class Sleep:
    """Wait this many seconds before the next try."""

    seconds: float


@dataclass(frozen=True)
class WaitFor:
    """Wait until every one of these futures is done."""

    futures: Iterable[PrefectFuture]


Command = Call | Sleep | WaitFor
Logic = Generator[Command, Any, State]
