"""The sink that keeps what a trace needs, in the order in which it happened.

Values are encoded when they are seen: a body may change what it was given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flowlight.encode import encode
from flowlight.events import Event
from flowlight.log_prints import logs_prints
from flowlight.runs import FlowRun, Run, TaskRun
from flowlight.states import State

__all__ = ["Recorder"]

_PRINTED = 16 << 20  # characters that a trace holds of what a run prints


class Entry:
    """One task run, as it is known so far."""

    def __init__(self, run: TaskRun, upstream: list[int], after: set[int]) -> None:
        self.run = run
        self.upstream = upstream
        self.after = sorted(after)
        self.delays: list[float] = []
        self.parameters: dict[str, Any] = {}
        self.started: int | None = None
        self.ended: int | None = None
        self.result: dict[str, Any] | None = None
        self.error: str | None = None
        self.errors: list[str] = []
        self.state: State | None = None
        self.printed: list[str] = []
        self.logged = False


def _event_of(hook: Any, event: str, state: str) -> str | None:
    """What a hook is called for: it may say so itself, and that in some states it does nothing."""
    says = getattr(hook, "__event__", None)
    return says(state) if says else event


def index_of(run: TaskRun) -> int:
    """The map index of a task run: a graph that maps by itself says it at the task."""
    return run.map_index if run.map_index >= 0 else int(getattr(run.task, "__map_index__", -1))


class Recorder:
    """Called with one event at a time; `entries` are in the order of creation."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.callbacks: list[dict[str, Any]] = []
        self._positions: dict[UUID, int] = {}
        self._ended_before: dict[UUID, set[int]] = {}
        self._parents: dict[UUID, UUID | None] = {}
        self._clock = 0
        self._room = _PRINTED
        self.cut: str | None = None

    def __call__(self, event: Event) -> None:
        """Note one event."""
        handler: Callable[[Event], None] | None = getattr(self, f"_on_{event.kind}", None)
        if handler is not None:
            handler(event)

    def printed(self, run: Run, text: str) -> None:
        """Note what the body of a run wrote; runs of flows write to nobody's list."""
        position = self._positions.get(run.id)
        if position is None or self.cut is not None:
            return
        self._room -= len(text)
        if self._room < 0:
            self.cut = f"{run.name} printed more than a trace holds, {_PRINTED >> 20} MiB"
        else:
            self.entries[position].printed.append(text)

    def _on_created(self, event: Event) -> None:
        run, body = event.run, event.body
        known = set(self._ended_before.get(body.id, ())) if body is not None else set()
        self._ended_before[run.id] = known
        self._parents[run.id] = body.id if body is not None and event.details["direct"] else None
        if isinstance(run, TaskRun):
            self._positions[run.id] = len(self.entries)
            positions = (self._positions.get(each) for each in run.upstream)
            upstream = sorted(p for p in positions if p is not None)
            self.entries.append(Entry(run, upstream, known))

    def _on_started(self, event: Event) -> None:
        if isinstance(event.run, TaskRun):
            entry = self._entry(event.run)
            if entry.started is None:
                entry.started = self._tick()
                entry.logged = logs_prints(event.run)
                entry.parameters = {k: encode(v) for k, v in event.run.parameters.items()}

    def _on_retry(self, event: Event) -> None:
        if isinstance(event.run, TaskRun):
            entry = self._entry(event.run)
            entry.delays.append(event.details["seconds"])
            _note_error(entry, event.details["error"])

    def _on_ended(self, event: Event) -> None:
        run, state = event.run, event.details["state"]
        if isinstance(run, TaskRun):
            entry = self._entry(run)
            entry.state = state
            entry.ended = self._tick()
            _keep_end(entry, state)
        parent = self._parents[run.id]
        if parent is not None:
            self._note(parent, self._within(run))

    def _on_taken(self, event: Event) -> None:
        if event.body is not None:
            self._note(event.body.id, {self._positions[event.run.id]})

    def _on_printed(self, event: Event) -> None:
        self.printed(event.run, event.details["text"])

    def _on_hook(self, event: Event) -> None:
        run, hook = event.run, event.details["fn"]
        task = run.task if isinstance(run, TaskRun) else None
        name = _event_of(hook, event.details["event"], run.state_name)
        if name is None:
            return
        self.callbacks.append(
            {
                "call": event.details["call"],
                "scope": "run" if task is None else "task",
                "task_id": None if task is None else task.name,
                "map_index": -1 if task is None else index_of(run),
                "event": name,
                "name": _name_of(hook),
            }
        )

    def _entry(self, run: TaskRun) -> Entry:
        return self.entries[self._positions[run.id]]

    def _within(self, run: Run) -> set[int]:
        """What has certainly ended when this direct call has: itself, or all of a flow run."""
        if isinstance(run, FlowRun):
            inside = [p for p, e in enumerate(self.entries) if e.run.flow_run_id == run.id]
            return set(inside) | self._ended_before[run.id]
        return {self._positions[run.id]} | self._ended_before[run.id]

    def _note(self, body: UUID, ended: set[int]) -> None:
        """What the body knows to have ended; those that others of them came after go without saying.

        With all of them, the trace of many calls in a row would grow with the square of their number.
        """
        known = self._ended_before[body]
        known |= ended
        known -= {before for position in ended for before in self.entries[position].after}

    def _tick(self) -> int:
        self._clock += 1
        return self._clock - 1


def _keep_end(entry: Entry, state: State) -> None:
    if isinstance(state.data, BaseException):
        _note_error(entry, state.data)
        entry.error = entry.errors[-1]
        returned = state.is_completed()
    else:
        returned = entry.run.run_count > 0 and (state.is_completed() or state.data is not None)
    if returned:
        entry.result = {"value": encode(state.data)}
        entry.error = None
        if isinstance(state.data, BaseException):
            entry.errors.pop()


def _note_error(entry: Entry, error: Any) -> None:
    """What a try that failed raised; one that gave a failed state has no exception."""
    if isinstance(error, BaseException):
        entry.errors.append(f"{type(error).__name__}: {error}")


def _name_of(hook: Any) -> str:
    wrapped = getattr(hook, "__wrapped__", hook)
    name = getattr(wrapped, "__name__", None) or getattr(hook, "__name__", None)
    return str(name or type(hook).__name__)
