"""The child flow runs of a flow that is tried again: those that have kept their results are taken.

The n-th call of a child in a new try takes the run of the n-th call before, whatever its arguments
are; calls inside of tasks have no fixed order, and always run (observed in Prefect 3.8.8).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flowlight.context import FlowRunContext, task_around
from flowlight.runnable import function_key

if TYPE_CHECKING:
    from flowlight.runs import FlowRun

__all__ = ["ChildFlows", "Place", "place_of"]


class ChildFlows:
    """The latest run of each call, by the key of the child and the number of the call in its try."""

    def __init__(self) -> None:
        self._runs: dict[tuple[str, int], FlowRun] = {}
        self.restart()

    def restart(self) -> None:
        """A new try: calls are numbered from the start."""
        self._calls: Counter[str] = Counter()

    def place(self, key: str) -> Place:
        """The place of the next call of a child."""
        number = self._calls[key]
        self._calls[key] += 1
        return Place(self._runs, (key, number))


class Place:
    """One call, in each try."""

    def __init__(self, runs: dict[tuple[str, int], FlowRun], key: tuple[str, int]) -> None:
        self._runs, self._key = runs, key

    def kept(self) -> FlowRun | None:
        """The run that was here before, when it completed and its result can be read."""
        run = self._runs.get(self._key)
        done = run is not None and run.state is not None and run.state.is_completed()
        return run if done and run is not None and run.read_result is not None else None

    def put(self, run: FlowRun) -> None:
        """Put the run that is made now here."""
        self._runs[self._key] = run


def place_of(fn: Callable[..., Any], around: FlowRunContext | None) -> Place | None:
    """The place of the call that is being made; None where no other try can follow or precede."""
    if around is None or not around.flow.retries:
        return None
    task = task_around()
    if task is not None and task.task_run.flow_run_id == around.flow_run.id:
        return None
    if around.flow_run.children is None:
        around.flow_run.children = ChildFlows()
    return around.flow_run.children.place(function_key(fn))
