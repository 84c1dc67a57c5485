"""The sink that records runs, and the handler that records what their loggers say."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flowlight.engine_logs import keep_out
from flowlight.events import Event
from flowlight.history import rows
from flowlight.history.writer import Writer
from flowlight.logs import wanted_level
from flowlight.settings import PREFECT_LOGGING_EXTRA_LOGGERS, PREFECT_LOGGING_TO_API_ENABLED

__all__ = ["History", "recording"]

_LOGGERS = ("prefect.flow_runs", "prefect.task_runs")  # and what PREFECT_LOGGING_EXTRA_LOGGERS says


class History:
    """Called with one event at a time; only in the process that made it."""

    def __init__(self, path: Path | None, tell: Callable[[str], None]) -> None:
        self._process = os.getpid()
        self._writer = Writer(path, tell)

    def __call__(self, event: Event) -> None:
        """Have one event written."""
        self._put(rows.of_event(event))

    def record(self, record: logging.LogRecord) -> None:
        """Have one log record written."""
        self._put(rows.of_record(record))

    def _put(self, made: list[rows.Row]) -> None:
        if made and os.getpid() == self._process:  # the thread is not there after a fork
            self._writer.put(made)

    def close(self) -> None:
        """Write what is left."""
        self._writer.close()


class _Handler(logging.Handler):
    def __init__(self, history: History) -> None:
        super().__init__()
        keep_out(self)
        self._history = history

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._history.record(record)
        except Exception:  # a message that does not fit its arguments: logging's own way to say so
            self.handleError(record)


@contextmanager
def recording(
    path: Path | None = None, tell: Callable[[str], None] | None = None
) -> Iterator[History]:
    """A sink that records, and run loggers that do so too, until the block ends.

    `with recording() as history, use(World(sinks=(history,))): my_flow()`
    """
    history = History(path, tell or _tell)
    handler = _Handler(history)
    before = logging.getLogger("prefect").level
    if before == logging.NOTSET:
        logging.getLogger("prefect").setLevel(wanted_level())
    names = (*_LOGGERS, *PREFECT_LOGGING_EXTRA_LOGGERS.value())
    if not PREFECT_LOGGING_TO_API_ENABLED.value():
        names = ()
    for name in names:
        logging.getLogger(name).addHandler(handler)
    try:
        yield history
    finally:
        for name in names:
            logging.getLogger(name).removeHandler(handler)
        logging.getLogger("prefect").setLevel(before)
        history.close()


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")
