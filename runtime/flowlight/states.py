"""The states of runs as frozen values: a type, a name, a message, and the data that a run left.

https://docs.prefect.io/v3/concepts/states lists types and names.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from flowlight.errors import (
    CancelledRun,
    CrashedRun,
    FailedRun,
    MissingResult,
    PausedRun,
    UnfinishedRun,
)

__all__ = [
    "State",
    "StateType",
    "aggregate",
    "get_state_exception",
    "is_state_iterable",
    "raise_state_exception",
]


class StateType(str, Enum):
    """The nine types; a name says more than a type, and only the type decides."""

    SCHEDULED = "SCHEDULED"
    PENDING = "PENDING"
    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    CRASHED = "CRASHED"
    PAUSED = "PAUSED"
    CANCELLING = "CANCELLING"


_FINAL = frozenset({StateType.COMPLETED, StateType.FAILED, StateType.CANCELLED, StateType.CRASHED})
_UNSUCCESSFUL = {
    StateType.FAILED: (FailedRun, "Run failed."),
    StateType.CRASHED: (CrashedRun, "Run crashed."),
    StateType.CANCELLED: (CancelledRun, "Run cancelled."),
}


class State:
    """One state of one run. `run_id` is None while no run has ended in it."""

    __slots__ = ("_id", "data", "message", "name", "run_id", "timestamp", "type")

    type: StateType
    name: str
    message: str | None
    data: Any
    timestamp: datetime
    run_id: UUID | None
    _id: UUID

    def __init__(
        self,
        type: StateType | str,  # noqa: A002  # the name is Prefect's
        name: str | None = None,
        message: str | None = None,
        data: Any = None,
        timestamp: datetime | None = None,
        run_id: UUID | None = None,
    ) -> None:
        kind = StateType(type)
        put = object.__setattr__
        put(self, "type", kind)
        put(self, "name", kind.value.title() if name is None else name)
        put(self, "message", message)
        put(self, "data", data)
        put(self, "timestamp", timestamp or datetime.now(timezone.utc))
        put(self, "run_id", run_id)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a State does not change; use state.copy(update={{{name!r}: ...}})")

    @property
    def id(self) -> UUID:
        """The identity of this state, made when somebody asks for it."""
        try:
            return self._id
        except AttributeError:
            object.__setattr__(self, "_id", uuid4())
            return self._id

    def copy(self, *, update: dict[str, Any] | None = None) -> State:
        """The same state with some fields changed."""
        fields = {key: getattr(self, key) for key in ("type", "name", "message", "data")}
        return State(
            **{**fields, "timestamp": self.timestamp, "run_id": self.run_id, **(update or {})}
        )

    def result(self, raise_on_failure: bool = True) -> Any:
        """The data of the run; raises the run's exception, or `UnfinishedRun` before its end."""
        if self.type is StateType.PAUSED:
            raise PausedRun("Run is paused, its result is not available.")
        if self.type not in _FINAL:
            raise UnfinishedRun(f"Run is in {self.type.value} state, its result is not available.")
        if raise_on_failure and self.type is not StateType.COMPLETED:
            raise get_state_exception(self)
        if self.data is None and self.run_id is None and self.type is StateType.COMPLETED:
            raise MissingResult(
                "State data is missing: this state was made by hand and no run has ended in it."
            )
        return self.data

    def is_final(self) -> bool:
        """Whether the run has ended."""
        return self.type in _FINAL

    def is_scheduled(self) -> bool:
        """Whether the run waits for its time."""
        return self.type is StateType.SCHEDULED

    def is_pending(self) -> bool:
        """Whether the run is about to start, or never will (`NotReady`)."""
        return self.type is StateType.PENDING

    def is_running(self) -> bool:
        """Whether the body runs."""
        return self.type is StateType.RUNNING

    def is_completed(self) -> bool:
        """Whether the run ended well."""
        return self.type is StateType.COMPLETED

    def is_failed(self) -> bool:
        """Whether the run ended in a failure (a crash is not one)."""
        return self.type is StateType.FAILED

    def is_crashed(self) -> bool:
        """Whether something other than an ordinary exception ended the run."""
        return self.type is StateType.CRASHED

    def is_cancelled(self) -> bool:
        """Whether the run was cancelled."""
        return self.type is StateType.CANCELLED

    def is_cancelling(self) -> bool:
        """Whether the run is being cancelled."""
        return self.type is StateType.CANCELLING

    def is_paused(self) -> bool:
        """Whether the run is paused."""
        return self.type is StateType.PAUSED

    def __str__(self) -> str:
        shown = [repr(self.message)] if self.message else []
        shown += [f"type={self.type.value}"] if self.name.lower() != self.type.value.lower() else []
        return f"{self.name}({', '.join(shown)})"

    def __repr__(self) -> str:
        return (
            f"{self.name}(message={self.message!r}, type={self.type.value}, result={self.data!r})"
        )


def get_state_exception(state: State) -> BaseException:
    """The exception that stands for a state that is not a success."""
    if state.type not in _UNSUCCESSFUL:
        raise ValueError(f"Expected failed or crashed state got {state!r}.")
    wrapper, default = _UNSUCCESSFUL[state.type]
    data = state.data
    if isinstance(data, BaseException):
        return data
    if isinstance(data, State):
        return get_state_exception(data)
    if data is not None and not isinstance(data, str) and not is_state_iterable(data):
        raise TypeError(
            f"Unexpected result for failed state: {data} —— {type(data).__name__} cannot be"
            " resolved into an exception"
        )
    if is_state_iterable(data):
        return next(get_state_exception(s) for s in data if not s.is_completed())
    return wrapper(state.message or (data if isinstance(data, str) else default))


def raise_state_exception(state: State) -> None:
    """Raise what `get_state_exception` finds; nothing for other states."""
    if state.type in _UNSUCCESSFUL:
        raise get_state_exception(state)


def is_state_iterable(value: object) -> bool:
    """Whether this is a list, tuple or set of states, and not an empty one."""
    return (
        isinstance(value, (list, tuple, set))
        and bool(value)
        and all(isinstance(item, State) for item in value)
    )


def aggregate(states: Iterable[State]) -> tuple[StateType, str]:
    """The type and message that several states amount to (observed in Prefect 3.8.8)."""
    states = list(states)
    total = len(states)

    def count(*types: StateType) -> int:
        return sum(state.type in types for state in states)

    if count(StateType.COMPLETED) == total:
        return StateType.COMPLETED, "All states completed."
    if cancelled := count(StateType.CANCELLED):
        return StateType.CANCELLED, f"{cancelled}/{total} states cancelled."
    if paused := count(StateType.PAUSED):
        return StateType.PAUSED, f"{paused}/{total} states paused."
    if failed := count(StateType.FAILED, StateType.CRASHED):
        return StateType.FAILED, f"{failed}/{total} states failed."
    return StateType.FAILED, f"{total - count(*_FINAL)}/{total} states are not final."
