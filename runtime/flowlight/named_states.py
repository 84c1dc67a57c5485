"""A state for each name that Prefect gives one: `Completed(data=1)`, `AwaitingRetry()` and so on.

https://docs.prefect.io/v3/concepts/states lists the names and their types.
"""

from __future__ import annotations

from typing import Any

from flowlight.errors import NotSupported
from flowlight.states import State, StateType

__all__ = [
    "AwaitingRetry",
    "Cancelled",
    "Cancelling",
    "Completed",
    "Crashed",
    "Failed",
    "Late",
    "Paused",
    "Pending",
    "Retrying",
    "Running",
    "Scheduled",
    "Suspended",
]


def Completed(**fields: Any) -> State:  # noqa: N802  # the names below are Prefect's
    """A run that ended well."""
    return State(StateType.COMPLETED, **fields)


def Failed(**fields: Any) -> State:  # noqa: N802
    """A run that ended in a failure."""
    return State(StateType.FAILED, **fields)


def Crashed(**fields: Any) -> State:  # noqa: N802
    """A run that something other than an ordinary exception ended."""
    return State(StateType.CRASHED, **fields)


def Cancelled(**fields: Any) -> State:  # noqa: N802
    """A run that was cancelled."""
    return State(StateType.CANCELLED, **fields)


def Cancelling(**fields: Any) -> State:  # noqa: N802
    """A run that is being cancelled."""
    return State(StateType.CANCELLING, **fields)


def Pending(**fields: Any) -> State:  # noqa: N802
    """A run that is about to start."""
    return State(StateType.PENDING, **fields)


def Running(**fields: Any) -> State:  # noqa: N802
    """A run whose body runs."""
    return State(StateType.RUNNING, **fields)


def Retrying(**fields: Any) -> State:  # noqa: N802
    """A run whose body runs again."""
    return State(StateType.RUNNING, **{"name": "Retrying", **fields})


def Paused(**fields: Any) -> State:  # noqa: N802
    """A run that is paused."""
    for name in ("timeout_seconds", "pause_expiration_time", "reschedule", "pause_key"):
        if fields.pop(name, None):
            raise NotSupported(
                f"flowlight does not honour {name} of a state made by hand:"
                " use pause_flow_run(timeout=..., key=...)"
            )
    return State(StateType.PAUSED, **fields)


def Suspended(**fields: Any) -> State:  # noqa: N802
    """A run that has ended for now, to be started again later."""
    return Paused(**{"name": "Suspended", **fields})


def Scheduled(**fields: Any) -> State:  # noqa: N802
    """A run that waits for its time."""
    return State(StateType.SCHEDULED, **fields)


def AwaitingRetry(**fields: Any) -> State:  # noqa: N802
    """A run that waits for its next try."""
    return State(StateType.SCHEDULED, **{"name": "AwaitingRetry", **fields})


def Late(**fields: Any) -> State:  # noqa: N802
    """A run whose time has passed."""
    return State(StateType.SCHEDULED, **{"name": "Late", **fields})
