"""When a run is tried again, and after how long.

https://docs.prefect.io/v3/how-to-guides/workflows/retries
"""

from __future__ import annotations

from collections.abc import Callable
from types import CoroutineType, FunctionType
from typing import Any

from flowlight.commands import Await, Steps
from flowlight.world import World

__all__ = ["Delays", "check_delays", "delay_before", "exponential_backoff"]

Delays = float | int | list[float]
_MOST_DELAYS = 50


def check_delays(delays: Delays | Callable[[int], list[float]] | None, retries: int) -> Delays:
    """The delays in seconds, one for all tries or a list; a function is asked for its list."""
    if callable(delays):
        delays = delays(retries)
    if delays is None:
        return 0
    if isinstance(delays, (int, float)):
        return delays
    if not isinstance(delays, list):
        raise TypeError(
            "Invalid `retry_delay_seconds` provided; must be an int, float, list or callable."
            f" Received type {type(delays)}"
        )
    if len(delays) > _MOST_DELAYS:
        raise ValueError("Can not configure more than 50 retry delays per task.")
    return delays


def delay_before(tries: int, delays: Delays, jitter: float | None, world: World) -> float:
    """Seconds to wait after this many tries; the last of a list serves for all further tries."""
    seconds = delays
    if isinstance(seconds, list):
        seconds = seconds[min(tries, len(seconds)) - 1] if seconds else 0
    return world.spread(seconds, jitter) if jitter and seconds > 0 else seconds


def exponential_backoff(backoff_factor: float) -> Callable[[int], list[float]]:
    """Delays of `backoff_factor` times 1, 2, 4 … seconds."""

    def delays(retries: int) -> list[float]:
        return [backoff_factor * max(0, 2**n) for n in range(min(retries, _MOST_DELAYS))]

    return delays


def wanted(condition: Callable[..., Any] | None, *arguments: Any) -> Steps:
    """Whether the condition asks for another try; one that raises asks for none."""
    if condition is None:
        return True
    if not isinstance(condition, FunctionType):
        return False  # observed in Prefect 3.8.8: only functions are asked, other callables say no
    try:
        answer = condition(*arguments)
        return bool((yield Await(answer)) if isinstance(answer, CoroutineType) else answer)
    except Exception:  # observed in Prefect 3.8.8: the run fails with its own error
        return False


def check_jitter(factor: float | None) -> float | None:
    """The factor, when it is not negative."""
    if factor is not None and factor < 0:
        raise ValueError("`retry_jitter_factor` must be >= 0.")
    return factor


def check_condition(condition: Any) -> Callable[..., Any] | None:
    """The condition, when it can be called."""
    if condition is not None and not callable(condition):
        raise TypeError(
            f"Expected `retry_condition_fn` to be callable, got {type(condition).__name__} instead."
        )
    return condition  # type: ignore[no-any-return]
