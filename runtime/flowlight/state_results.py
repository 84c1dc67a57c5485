"""What a final state gives: the data that its run left, or the exception that stands for it.

https://docs.prefect.io/v3/api-ref/python/prefect-states. The public functions are coroutines in
asynchronous code; those that start with `a` always are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from flowlight.dispatch import dispatched
from flowlight.errors import (
    CancelledRun,
    CrashedRun,
    FailedRun,
    MissingResult,
    PausedRun,
    UnfinishedRun,
)
from flowlight.states import State, StateType, is_state_iterable

__all__ = [
    "aget_state_exception",
    "araise_state_exception",
    "exception_of",
    "fetched",
    "get_state_exception",
    "raise_state_exception",
    "result",
    "result_of",
    "unwrapped",
]

_UNSUCCESSFUL = {
    StateType.FAILED: (FailedRun, "Run failed."),
    StateType.CRASHED: (CrashedRun, "Run crashed."),
    StateType.CANCELLED: (CancelledRun, "Run cancelled."),
}


def result_of(state: State, raise_on_failure: bool = True) -> Any:
    """The data of the run; raises the run's exception, or `UnfinishedRun` before its end."""
    if state.is_paused():
        raise PausedRun("Run is paused, its result is not available.")
    if not state.is_final():
        raise UnfinishedRun(f"Run is in {state.type.value} state, its result is not available.")
    if raise_on_failure and not state.is_completed():
        raise exception_of(state)
    if state.data is None and state.run_id is None and state.is_completed():
        raise MissingResult(
            "State data is missing: this state was made by hand and no run has ended in it."
        )
    return unwrapped(state.data)


def fetched(state: State, raise_on_failure: bool = True) -> Any:
    """As `result_of`; a `StopIteration` is a `RuntimeError`, as Prefect's coroutines have it."""
    try:
        return result_of(state, raise_on_failure)
    except StopIteration as error:
        raise RuntimeError("coroutine raised StopIteration") from error


def unwrapped(data: Any) -> Any:
    """The result that a record holds; anything else is itself."""
    records = sys.modules.get("flowlight.results.records")  # not imported: there are no records
    return data.result if records is not None and isinstance(data, records.ResultRecord) else data


def exception_of(state: State) -> BaseException:
    """The exception that stands for a state that is not a success."""
    if state.type not in _UNSUCCESSFUL:
        raise ValueError(f"Expected failed or crashed state got {state!r}.")
    wrapper, default = _UNSUCCESSFUL[state.type]
    data = unwrapped(state.data)
    if isinstance(data, BaseException):
        return data
    if isinstance(data, State):
        return exception_of(data)
    if data is not None and not isinstance(data, str) and not is_state_iterable(data):
        raise TypeError(
            f"Unexpected result for failed state: {data} —— {type(data).__name__} cannot be"
            " resolved into an exception"
        )
    if is_state_iterable(data):
        return _first_of(data)
    return wrapper(state.message or (data if isinstance(data, str) else default))


def _first_of(states: Iterable[State]) -> BaseException:
    for state in states:
        if not state.is_completed():
            return exception_of(state)
    return ValueError("Failed state result was an iterable of states but none were failed.")


def _raise(state: State) -> None:
    """Raise what stands for the state; nothing for a success."""
    if state.type in _UNSUCCESSFUL:
        raise exception_of(state)
    return


async def aget_state_exception(state: State) -> BaseException:
    """The exception that stands for a state that is not a success."""
    return exception_of(state)


async def araise_state_exception(state: State) -> None:
    """Raise what `get_state_exception` finds; nothing for other states."""
    _raise(state)


result = dispatched(fetched)
get_state_exception = dispatched(exception_of)
raise_state_exception = dispatched(_raise)
