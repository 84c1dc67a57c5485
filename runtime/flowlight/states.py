"""The states of runs as frozen values: a type, a name, a message, and the data that a run left.

https://docs.prefect.io/v3/concepts/states lists types and names.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from enum import Enum
from types import GenericAlias
from typing import Any, ClassVar
from uuid import UUID, uuid4

from flowlight.annotations import Annotation
from flowlight.renamed import STATE_RESULT

__all__ = [
    "FINAL",
    "State",
    "StateType",
    "aggregate",
    "is_state_iterable",
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


# Constants: `StateType.COMPLETED` is a slow look-up in Python 3.11.
(
    _SCHEDULED,
    _PENDING,
    _RUNNING,
    _COMPLETED,
    _FAILED,
    _CANCELLED,
    _CRASHED,
    _PAUSED,
    _CANCELLING,
) = StateType
_now, _UTC = datetime.now, timezone.utc
_NAMES = {kind: kind.value.title() for kind in StateType}
FINAL = frozenset({StateType.COMPLETED, StateType.FAILED, StateType.CANCELLED, StateType.CRASHED})


class State:
    """One state of one run. `run_id` is None while no run has ended in it."""

    __slots__ = ("_id", "data", "message", "name", "run_id", "timestamp", "type")

    __class_getitem__: ClassVar[Any] = classmethod(GenericAlias)
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
        kind = type if isinstance(type, StateType) else StateType(type)
        _put_type(self, kind)
        _put_name(self, _NAMES[kind] if name is None else name)
        _put_message(self, message)
        _put_data(self, data)
        _put_timestamp(self, timestamp or _now(_UTC))
        _put_run_id(self, run_id)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a State does not change; use state.copy(update={{{name!r}: ...}})")

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        """For pickle, which would set the fields one by one."""
        fields = (self.type, self.name, self.message, self.data, self.timestamp, self.run_id)
        return _restored, (fields, self.id)

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

    def result(
        self,
        raise_on_failure: bool = True,
        retry_result_failure: bool = True,  # noqa: ARG002  # results are here: none is fetched
        **how: Any,
    ) -> Any:
        """The data of the run; raises the run's exception, or `UnfinishedRun` before its end.

        In asynchronous code it is a coroutine of that, as in Prefect; `aresult` always is.
        """
        from flowlight import state_results  # it needs this module

        if "fetch" in how:
            raise TypeError(STATE_RESULT)
        return state_results.result(self, raise_on_failure, **how)

    async def aresult(
        self,
        raise_on_failure: bool = True,
        retry_result_failure: bool = True,  # noqa: ARG002
    ) -> Any:
        """The same as `result`, awaited."""
        from flowlight import state_results

        return state_results.fetched(self, raise_on_failure)

    def is_final(self) -> bool:
        """Whether the run has ended."""
        return self.type in FINAL

    def is_scheduled(self) -> bool:
        """Whether the run waits for its time."""
        return self.type is _SCHEDULED

    def is_pending(self) -> bool:
        """Whether the run is about to start, or never will (`NotReady`)."""
        return self.type is _PENDING

    def is_running(self) -> bool:
        """Whether the body runs."""
        return self.type is _RUNNING

    def is_completed(self) -> bool:
        """Whether the run ended well."""
        return self.type is _COMPLETED

    def is_failed(self) -> bool:
        """Whether the run ended in a failure (a crash is not one)."""
        return self.type is _FAILED

    def is_crashed(self) -> bool:
        """Whether something other than an ordinary exception ended the run."""
        return self.type is _CRASHED

    def is_cancelled(self) -> bool:
        """Whether the run was cancelled."""
        return self.type is _CANCELLED

    def is_cancelling(self) -> bool:
        """Whether the run is being cancelled."""
        return self.type is _CANCELLING

    def is_paused(self) -> bool:
        """Whether the run is paused."""
        return self.type is _PAUSED

    def __str__(self) -> str:
        shown = [repr(self.message)] if self.message else []
        shown += [f"type={self.type.value}"] if self.name.lower() != self.type.value.lower() else []
        return f"{self.name}({', '.join(shown)})"

    def __repr__(self) -> str:
        return (
            f"{self.name}(message={self.message!r}, type={self.type.value}, result={self.data!r})"
        )


# The setters of the slots, for the constructor: there may be very many states.
_put_type, _put_name, _put_message, _put_data, _put_timestamp, _put_run_id = (
    vars(State)[name].__set__ for name in ("type", "name", "message", "data", "timestamp", "run_id")
)


def _restored(fields: tuple[Any, ...], id: UUID) -> State:  # noqa: A002  # as the property
    state = State(*fields)
    object.__setattr__(state, "_id", id)
    return state


def is_state_iterable(value: object) -> bool:
    """Whether this is a list, tuple or set of states, and not an empty one."""
    return (
        isinstance(value, (list, tuple, set))
        and not isinstance(value, Annotation)
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
    return StateType.FAILED, f"{total - count(*FINAL)}/{total} states are not final."
