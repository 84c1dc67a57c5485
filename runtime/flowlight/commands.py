"""What the logic of a run asks its driver for: to wait, to sleep, to call a body."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple

from flowlight.futures import PrefectFuture
from flowlight.states import State

__all__ = [
    "Aside",
    "Await",
    "Call",
    "Command",
    "Ended",
    "Logic",
    "Sleep",
    "Steps",
    "WaitFor",
    "step",
]


class Aside(NamedTuple):
    """Call something that is no body: a file is read, a lock awaited, a hook of the user's run.

    In a loop a coroutine function is awaited, any other is called in a thread.
    """

    fn: Callable[..., Any]
    args: tuple[Any, ...] = ()
    inside: AbstractContextManager[Any] = nullcontext()


class Call(NamedTuple):
    """Call the body inside of a context. `timeout` (seconds) ends it with `expired`."""

    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    inside: AbstractContextManager[None]
    timeout: float | None
    expired: type[TimeoutError]


class Await(NamedTuple):
    """Wait for a coroutine of the user's that is no body: an async hook, say; its value."""

    coroutine: Awaitable[Any]


class Sleep(NamedTuple):
    """Wait this many seconds before the next try."""

    seconds: float


class WaitFor(NamedTuple):
    """Wait until every one of these futures is done."""

    futures: Iterable[PrefectFuture]


class Ended(NamedTuple):
    """The logic is over; nothing is asked for any more."""

    state: State


Command = Aside | Await | Call | Sleep | WaitFor
Logic = Generator[Command, Any, State]
Steps = Generator[Command, Any, Any]


def step(logic: Logic, answer: Any = None, error: BaseException | None = None) -> Command | Ended:
    """Tell the logic how its command went, and hear the next one; the first step tells nothing."""
    try:
        return logic.send(answer) if error is None else logic.throw(error)
    except StopIteration as end:
        return Ended(end.value)
