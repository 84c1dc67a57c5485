"""Collects the events of a run into the document of `docs/reference/trace.md`."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

from daglight import __version__
from daglight.encode import encode
from daglight.events import (
    Called,
    Created,
    Ended,
    Event,
    Expanded,
    Named,
    Noted,
    Printed,
    Pushed,
    Recorded,
    Rendered,
    RunEnded,
    Started,
    Waited,
)
from daglight.possible import possible
from daglight.states import FINISHED

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.operator import BaseOperator

__all__ = ["TraceSink"]

_PRINTED = 16 << 20  # characters that a trace holds of what a run prints


def _start(dag: DAG) -> str | None:
    """The latest of all start dates in ISO form: before it, not every task runs."""
    dates = [task.start_date for task in dag.tasks if task.start_date is not None]
    return max(dates).isoformat() if dates else None


class TraceSink:
    """A sink; `document` is the trace so far."""

    def __init__(self, dag: DAG, *, path: str, version: int, logical_date: str | None) -> None:
        self._tasks: dict[tuple[str | None, int], dict[str, Any]] = {}
        self._moment = 0
        self._room = _PRINTED
        self._cut: str | None = None
        self.document: dict[str, Any] = {
            "version": 1,
            "side": "airflow",
            "engine": {
                "name": "daglight",
                "version": __version__,
                "python": platform.python_version(),
                "emulates": f"airflow {version}",
            },
            "subject": {"path": path, "name": dag.dag_id, "start_date": _start(dag)},
            "logical_date": logical_date,
            "run": {"state": "not-run", "reason": None},
            "tasks": [],
            "callbacks": [],
        }

    def __call__(self, event: Event) -> None:
        if type(event) in _HANDLERS:
            _HANDLERS[type(event)](self, event)

    def add(self, task: BaseOperator, map_index: int = -1) -> None:
        """A task instance that has not run."""
        entry = _entry(task, map_index)
        if found := possible(task):
            entry["possible"] = found
        self._tasks[task.task_id, map_index] = entry
        self.document["tasks"].append(entry)

    def _of(self, event: Event) -> dict[str, Any]:
        return self._tasks[event.task_id, event.map_index]

    def _expanded(self, event: Expanded) -> None:
        entry = self._tasks.pop((event.task_id, -1))
        self.document["tasks"] = [one for one in self.document["tasks"] if one is not entry]

    def _named(self, event: Named) -> None:
        self._of(event)["name"] = event.name

    def _noted(self, event: Noted) -> None:
        if event.task_id is not None:  # one on the run is for whoever reads along
            self._of(event).setdefault("notes", []).append(event.text)

    def _waited(self, event: Waited) -> None:
        """Equal waits that follow each other are counted, so that a day of pokes stays short."""
        waits = self._of(event).setdefault("waits", [])
        if waits and waits[-1]["seconds"] == event.seconds:
            waits[-1]["times"] += 1
        else:
            waits.append({"seconds": event.seconds, "times": 1, "rescheduled": event.rescheduled})

    def _started(self, event: Started) -> None:
        entry = self._of(event)
        entry["tries"] = event.try_number
        entry["xcoms"] = {}
        if entry["started"] is None:
            entry["started"] = self._moment
            self._moment += 1

    def _rendered(self, event: Rendered) -> None:
        fields = {name: encode(value) for name, value in event.fields.items()}
        self._of(event)["rendered"] = fields

    def _printed(self, event: Printed) -> None:
        if event.task_id is None or self._cut is not None:
            return
        self._room -= len(event.line) + 1
        if self._room < 0:
            self._cut = (
                f"task {event.task_id} printed more than a trace holds, {_PRINTED >> 20} MiB"
            )
        else:
            self._of(event)["prints"].append(event.line)

    def _pushed(self, event: Pushed) -> None:
        self._of(event)["xcoms"][event.key] = encode(event.value)

    def _recorded(self, event: Recorded) -> None:
        call = [event.owner, event.method, encode(dict(event.arguments))]
        entry = self._of(event)
        entry["calls"].append(call)
        entry.setdefault("stubbed", []).append(event.stubbed)

    def _ended(self, event: Ended) -> None:
        entry, (state, _, delays) = self._of(event), event.progress
        entry["state"], entry["delays"] = state, list(delays)
        if event.error is not None:
            entry["error"] = event.error
            if state in ("failed", "up_for_retry"):
                entry["errors"].append(event.error)
        if state in FINISHED:
            entry["outcome"], entry["ended"] = state, self._moment
            self._moment += 1

    def _called(self, event: Called) -> None:
        self.document["callbacks"].append(
            {
                "scope": "run" if event.task_id is None else "task",
                "task_id": event.task_id,
                "map_index": event.map_index,
                "event": event.event,
                "name": event.name,
                "error": event.error,
                "prints": list(event.prints),
            }
        )

    def _run_ended(self, event: RunEnded) -> None:
        reason = None if event.state == "success" else event.reason
        state = event.state if self._cut is None else "incomplete"
        self.document["run"] = {"state": state, "reason": self._cut or reason}


_HANDLERS: dict[type[Event], Any] = {
    Created: lambda sink, event: sink.add(event.task, event.map_index),
    Expanded: TraceSink._expanded,
    Named: TraceSink._named,
    Noted: TraceSink._noted,
    Waited: TraceSink._waited,
    Started: TraceSink._started,
    Rendered: TraceSink._rendered,
    Printed: TraceSink._printed,
    Pushed: TraceSink._pushed,
    Recorded: TraceSink._recorded,
    Ended: TraceSink._ended,
    Called: TraceSink._called,
    RunEnded: TraceSink._run_ended,
}


def _entry(task: BaseOperator, map_index: int) -> dict[str, Any]:
    limit = task.execution_timeout
    return {
        "task_id": task.task_id,
        "map_index": map_index,
        "outcome": "none",
        "state": "none",
        "tries": 0,
        "delays": [],
        "xcoms": {},
        "result": None,
        "rendered": {},
        "parameters": {},
        "upstream": sorted(task.upstream_task_ids),
        "after": [],
        "prints": [],
        "calls": [],
        "started": None,
        "ended": None,
        "error": None,
        "errors": [],
        "options": {
            "retries": task.retries,
            "retry_delay": task.retry_delay.total_seconds(),
            "timeout": None if limit is None else limit.total_seconds(),
            "trigger_rule": task.trigger_rule,
        },
    }
