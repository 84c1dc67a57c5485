"""Prints the events of a run for a person."""

from __future__ import annotations

from collections.abc import Callable

from daglight.events import AssetChanged, Ended, Event, Noted, Printed, Recorded, RunEnded, Started

__all__ = ["text_sink"]


def text_sink(write: Callable[[str], object]) -> Callable[[Event], None]:
    """A sink that writes one line per event worth one."""

    def sink(event: Event) -> None:
        line = _line(event)
        if line is not None:
            write(line)

    return sink


def _line(event: Event) -> str | None:
    name = event.task_id if event.map_index < 0 else f"{event.task_id}[{event.map_index}]"
    if isinstance(event, Started):
        return f"{name}: try {event.try_number}"
    if isinstance(event, Printed):
        return f"{name or 'callback'} | {event.line}"
    if isinstance(event, Ended):
        return f"{name}: {event.progress.state}" + (f" ({event.error})" if event.error else "")
    if isinstance(event, Recorded):
        return f"{name}: recorded, not executed: {event.owner}.{event.method}"
    if isinstance(event, Noted):
        return f"note: {event.text}"
    if isinstance(event, AssetChanged):
        return f"{name}: wrote {event.uri}"
    if isinstance(event, RunEnded):
        return f"run: {event.state}"
    return None
