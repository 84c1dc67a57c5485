"""The futures and states among a run's arguments: which they are, and what stands in their place.

The rules for upstreams that did not complete: observed in Prefect 3.8.8.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flowlight.context import FlowRunContext, TaskRunContext
from flowlight.errors import PrefectException, UpstreamTaskError
from flowlight.futures import PrefectFuture
from flowlight.nested import PLAIN, replace
from flowlight.runs import Run
from flowlight.state_results import result_of
from flowlight.states import State

__all__ = ["Inputs", "states_of"]

_UPSTREAM = (PrefectFuture, State)
_RUNS = (Run, FlowRunContext, TaskRunContext)
_RUN_GIVEN = (
    "a {0} cannot be an argument, or stand in wait_for: its state would be taken for an upstream"
    " that has not completed; give what is needed of it (its id, its name), or opaque(...) of it"
)
_NONE: frozenset[UUID] = frozenset()


class Inputs:
    """The arguments of one run. Looked through once; futures are resolved when the run starts."""

    __slots__ = ("futures", "is_plain", "parameters", "upstream", "wait_for")

    def __init__(self, parameters: dict[str, Any], wait_for: Any = None) -> None:
        self.parameters = parameters
        self.wait_for = wait_for
        self.futures: list[PrefectFuture] = []
        self.upstream: frozenset[UUID] = _NONE
        self.is_plain = wait_for is None and PLAIN.issuperset(map(type, parameters.values()))
        if not self.is_plain:
            self.upstream = self._look()

    def _look(self) -> frozenset[UUID]:
        """Keep the futures; the ids of the runs that they and the states stand for."""
        ids: set[UUID] = set()

        def found(item: Any, _: bool) -> Any:
            if isinstance(item, _RUNS):
                raise PrefectException(_RUN_GIVEN.format(type(item).__name__))
            if isinstance(item, PrefectFuture):
                self.futures.append(item)
                ids.add(item.task_run_id)
            elif item.run_id is not None:
                ids.add(item.run_id)
            return item

        for value in self.parameters.values():
            replace(value, _UPSTREAM + _RUNS, found, _RUNS)
        if self.wait_for is not None:
            replace(self.wait_for, _UPSTREAM + _RUNS, found, _RUNS)
        return frozenset(ids)

    def resolve(self) -> dict[str, Any]:
        """The parameters with results; `UpstreamTaskError` for one that did not complete."""
        if self.is_plain:
            return self.parameters
        if self.wait_for is not None:
            replace(self.wait_for, _UPSTREAM, _require)
        return {name: _resolved(name, value) for name, value in self.parameters.items()}


def _resolved(name: str, value: Any) -> Any:
    try:
        return replace(value, _UPSTREAM, _result)
    except PrefectException:
        raise
    except Exception as error:
        raise PrefectException(
            f"The futures and states in parameter {name!r} cannot be replaced by their results:"
            f" {type(error).__name__}: {error}; give the parts one by one, or quote(...) or"
            " opaque(...) of the whole"
        ) from error


def _state(item: PrefectFuture | State) -> State:
    return item.state if isinstance(item, PrefectFuture) else item


def _require(item: PrefectFuture | State, allowed: bool) -> Any:
    state = _state(item)
    if not state.is_completed() and not (allowed and _is_failure(state)):
        raise UpstreamTaskError(
            f"Upstream task run '{state.run_id}' did not reach a 'COMPLETED' state."
        )
    return item


def _is_failure(state: State) -> bool:
    """What `allow_failure` lets pass: neither a cancelled run nor a crashed one (Prefect 3.8.8)."""
    return state.is_failed() or (state.is_pending() and state.name == "NotReady")


def _result(item: PrefectFuture | State, allowed: bool) -> Any:
    _require(item, allowed)
    state = _state(item)
    return result_of(state, raise_on_failure=False) if state.is_final() else None


def _refuse(future: PrefectFuture, _: bool) -> Any:
    """A future in the result of a future that a flow returns is an error (Prefect 3.8.8)."""
    raise KeyError(future)


def states_of(value: Any, block: Callable[[PrefectFuture], Any]) -> Any:
    """`value` with the final states of futures in their place, once `block` has waited for each."""
    found = False

    def final(future: PrefectFuture, _: bool) -> State:
        nonlocal found
        found = True
        block(future)
        replace(future.state.data, (PrefectFuture,), _refuse)
        return future.state

    replaced = replace(value, (PrefectFuture,), final)
    return replaced if found else value  # marks stay where nothing is replaced
