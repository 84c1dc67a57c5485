"""The sink that tells a person at a terminal what happens to runs; it writes to stderr only."""

from __future__ import annotations

from typing import TextIO

from flowlight.events import Event
from flowlight.runs import Run, TaskRun

__all__ = ["Printer"]


class Printer:
    """One line for each log record, retry and end that is worth one."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def __call__(self, event: Event) -> None:
        """Write the line of one event, if it has one."""
        if event.kind == "log":
            self._line(event.run, f"{event.details['level'].lower()}: {event.details['text']}")
        elif event.kind == "retry":
            text = f"{event.details['error']!r}; next try in {event.details['seconds']:g} s"
            self._line(event.run, text)
        elif event.kind == "ended":
            state = event.details["state"]
            self._line(event.run, state.name + (f": {state.message}" if state.message else ""))

    def _line(self, run: Run, text: str) -> None:
        kind = "task" if isinstance(run, TaskRun) else "flow"
        self._out.write(f"{kind} {run.name}: {text}\n")
