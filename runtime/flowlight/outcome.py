"""What a body returned or raised, as the state that its run ends in.

https://docs.prefect.io/v3/concepts/states, "Final state determination";
messages: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import sys
from typing import Any
from uuid import UUID

from flowlight.errors import TerminationSignal
from flowlight.named_states import Crashed, Failed
from flowlight.states import State, StateType, aggregate, is_state_iterable

__all__ = ["of_crash", "of_error", "of_timeout", "of_value"]

_COMPLETED = StateType.COMPLETED


def of_value(value: Any, run_id: UUID) -> State:
    """The state for a returned value. A state that the body made itself is that state."""
    if isinstance(value, State) and value.run_id is None:
        return value.copy(update={"run_id": run_id})
    if isinstance(value, (State, list, tuple, set)) and (
        isinstance(value, State) or is_state_iterable(value)
    ):
        kind, message = aggregate([value] if isinstance(value, State) else value)
        return State(kind, message=message, data=value, run_id=run_id)
    return State(_COMPLETED, None, None, value, None, run_id)


def of_error(kind: str, error: Exception, run_id: UUID) -> State:
    """The state for an exception; `kind` is `Task` or `Flow`, whose messages differ by a colon."""
    colon = ":" if kind == "Flow" else ""
    message = f"{kind} run encountered an exception{colon} {type(error).__name__}: {error}"
    return Failed(data=error, message=message, run_id=run_id)


def of_timeout(kind: str, error: TimeoutError, seconds: float | None, run_id: UUID) -> State:
    """The state for a body that took too long, or raised a `TimeoutError` itself."""
    ours = type(error).__name__ == f"{kind}RunTimeoutError"
    message = (
        f"{kind} run exceeded timeout of {float(seconds or 0)} second(s)"
        if ours
        else f"{kind} run failed due to timeout: {error!r}"
    )
    return State(StateType.FAILED, name="TimedOut", message=message, data=error, run_id=run_id)


def of_crash(error: BaseException, run_id: UUID) -> State:
    """The state for `SystemExit`, `KeyboardInterrupt` and their like."""
    if _is_cancellation(error):
        message = "Execution was cancelled by the runtime environment."
    elif isinstance(error, SystemExit):
        message = "Execution was aborted by Python system exit call."
    elif isinstance(error, KeyboardInterrupt):
        message = "Execution was aborted by an interrupt signal."
    elif isinstance(error, TerminationSignal):
        message = "Execution was aborted by a termination signal."
    else:
        message = (
            f"Execution was interrupted by an unexpected exception: {type(error).__name__}: {error}"
        )
    return Crashed(data=error, message=message, run_id=run_id)


def _is_cancellation(error: BaseException) -> bool:
    """Whether this is asyncio's `CancelledError`; asyncio is not imported to find out."""
    asyncio = sys.modules.get("asyncio")
    return asyncio is not None and isinstance(error, asyncio.CancelledError)
