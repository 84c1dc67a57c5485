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
from flowlight.runs import Run, TaskRun
from flowlight.state_results import result_of
from flowlight.states import State

__all__ = ["Inputs", "states_of"]

_UPSTREAM = (PrefectFuture, State)
_RUNS = (Run, FlowRunContext, TaskRunContext)
_RUN_GIVEN = (
    "Passing a `{0}` object as a task argument is not supported. Its state would be taken for an"
    " upstream that has not completed; give what is needed of it (its id, its name), or opaque(...)"
    " of it"
)
_ITSELF = (
    "Discovered a task depending on itself. Raising to avoid a deadlock. Please inspect the inputs"
    " and dependencies of {0}."
)
_NONE: frozenset[UUID] = frozenset()


class Inputs:
    """The arguments of one run. Looked through once; futures are resolved when the run starts."""

    __slots__ = ("futures", "is_plain", "parameters", "upstream", "wait_for")

    def __init__(self, parameters: dict[str, Any], wait_for: Any = None) -> None:
        self.parameters = parameters
        self.wait_for = None if _is_empty(wait_for) else wait_for
        self.futures: list[PrefectFuture] = []
        self.upstream: frozenset[UUID] = _NONE
        self.is_plain = self.wait_for is None and PLAIN.issuperset(map(type, parameters.values()))
        if not self.is_plain:
            self.upstream = self._look()

    def _look(self) -> frozenset[UUID]:
        """Keep the futures; the ids of the runs that they and the states stand for."""
        ids: set[UUID] = set()

        def found(item: Any, _: bool) -> Any:
            if isinstance(item, _RUNS):
                raise _refused(item)
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

    def resolve(self, run: TaskRun | None = None) -> dict[str, Any]:
        """The parameters with results; `UpstreamTaskError` for one that did not complete.

        `ValueError` when the run is to wait for itself.
        """
        if self.is_plain:
            return self.parameters
        if self.wait_for is not None:
            if run is not None:
                self.check(run)
            replace(self.wait_for, _UPSTREAM, _require)
        return {name: _resolved(name, value) for name, value in self.parameters.items()}

    def check(self, run: TaskRun) -> None:
        """`ValueError` when the run is to wait for itself, in a list that has grown since."""

        def found(item: Any, _: bool) -> Any:
            if item.task_run_id == run.id:
                raise ValueError(_ITSELF.format(run.task.name))
            return item

        replace(self.wait_for, (PrefectFuture,), found)


def _is_empty(wait_for: Any) -> bool:
    """Whether it is a list with nothing in it: what is put there later is not waited for."""
    return isinstance(wait_for, (list, tuple, set)) and not wait_for


def _resolved(name: str, value: Any) -> Any:
    try:
        return replace(value, _UPSTREAM + _RUNS, _result, _RUNS)
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


def _refused(run: Any) -> PrefectException:
    return PrefectException(_RUN_GIVEN.format(type(run).__name__))


def _result(item: Any, allowed: bool) -> Any:
    if isinstance(item, _RUNS):
        raise _refused(item)
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
