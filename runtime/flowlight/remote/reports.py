"""What happens to a run in another process, told to the sinks of the process that sent it there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flowlight.events import Event
from flowlight.remote.pickled import pickled
from flowlight.runs import Run
from flowlight.world import World

__all__ = ["Records", "Report", "Reporter", "Teller"]

_CHANGING = ("name", "state", "run_count", "start_time", "end_time", "returned", "made_state")


@dataclass(frozen=True)
class Report:
    """One event, with what has changed of its run; `made` is a run that is new."""

    kind: str
    run: UUID | None
    changed: dict[str, Any]
    body: UUID | None
    details: dict[str, Any]
    made: Run | None


class Reporter:
    """The sink in the other process.

    From the final state of `run` on it keeps its reports in `held`: they travel with the result,
    so that a large one is sent once.
    """

    def __init__(self, run: UUID, post: Callable[[Any], None] | None) -> None:
        self._run = run
        self._post = post
        self.held: list[Report | logging.LogRecord] = []

    def __call__(self, event: Event) -> None:
        """Send or keep one event."""
        report = _report(event)
        state = event.details.get("state") if event.kind == "state" else None
        ends = state is not None and state.is_final() and report.run == self._run
        if self.held or ends or self._post is None:
            self.held.append(report)
        else:
            self._post(report)


def _report(event: Event) -> Report:
    run = event.run
    names = (*_CHANGING, "parameters") if event.kind == "started" else _CHANGING
    return Report(
        event.kind,
        None if run is None else run.id,
        {name: getattr(run, name) for name in names if hasattr(run, name)},
        None if event.body is None else event.body.id,
        event.details,
        run if event.kind == "created" else None,
    )


class Teller:
    """The other end: brings the runs of this process up to date and tells its sinks."""

    def __init__(self, here: World, *known: Run | None) -> None:
        self._here = here
        self._known = {run.id: run for run in known if run is not None}

    def __call__(self, report: Report | logging.LogRecord) -> None:
        """Tell of one report, or hand a log record to the loggers of this process."""
        if isinstance(report, logging.LogRecord):
            logger = logging.getLogger(report.name)
            if logger.isEnabledFor(report.levelno):
                logger.handle(report)
            return
        if report.made is not None:
            self._known[report.made.id] = report.made
        run = self._known.get(report.run) if report.run else None
        if run is not None:
            vars(run).update(report.changed)
        body = self._known.get(report.body) if report.body else None
        self._here.emit(report.kind, run, body, **report.details)


class Records(logging.Handler):
    """Sends log records, with their text made: an argument may not be picklable."""

    def __init__(self, post: Callable[[Any], None]) -> None:
        super().__init__()
        self._post = post

    def emit(self, record: logging.LogRecord) -> None:
        """Send one."""
        try:
            copy = logging.makeLogRecord(vars(record))
            text = record.getMessage()
            if record.exc_info:
                text += "\n" + logging.Formatter().formatException(record.exc_info)
            copy.msg, copy.args, copy.exc_info = text, None, None
            self._post(copy)
        except Exception:
            self.handleError(record)


def without_objects(report: Report) -> Report:
    """The report for when something in its details cannot be sent: text stands in its place."""
    details = {name: _sendable(value) for name, value in report.details.items()}
    return replace(report, details=details, changed={})


def _sendable(value: Any) -> Any:
    try:
        pickled(value)
    except Exception:
        return repr(value)
    return value
