"""Which type of state may follow which: the whole state machine as one table.

Observed in Prefect 3.8.8, whose server refuses the others. `None` is the run that has no state yet.
"""

from __future__ import annotations

from flowlight.states import State, StateType

__all__ = ["ALLOWED", "check"]

_T = StateType
_ENDS = {_T.COMPLETED, _T.FAILED, _T.CANCELLED, _T.CRASHED}

ALLOWED: dict[StateType | None, frozenset[StateType]] = {
    None: frozenset({_T.PENDING, _T.SCHEDULED}),
    _T.SCHEDULED: frozenset({_T.PENDING, _T.RUNNING} | _ENDS),
    _T.PENDING: frozenset({_T.PENDING, _T.RUNNING, _T.SCHEDULED} | _ENDS),
    _T.RUNNING: frozenset(set(_T)),
    _T.PAUSED: frozenset({_T.RUNNING, _T.SCHEDULED} | _ENDS),
    _T.CANCELLING: frozenset({_T.CANCELLED, _T.CRASHED}),
    _T.COMPLETED: frozenset(),
    _T.FAILED: frozenset(),
    _T.CANCELLED: frozenset(),
    _T.CRASHED: frozenset(),
}


def check(before: State | None, after: State) -> State:
    """`after`, when it may follow `before`; anything else is a fault of flowlight's own."""
    if after.type not in ALLOWED[None if before is None else before.type]:
        raise AssertionError(f"a run went from {before!r} to {after!r}; please report this")
    return after
