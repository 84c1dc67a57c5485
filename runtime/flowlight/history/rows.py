"""What is written of an event: statements and their values, made when the event happens.

A body may change what it was given, and a run changes while its events wait to be written.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from flowlight.context import current_body
from flowlight.encode import encode
from flowlight.events import Event
from flowlight.runs import FlowRun, Run, TaskRun

__all__ = ["Row", "of_event", "of_record"]

Row = tuple[str, tuple[Any, ...]]  # a statement and its values

_LONGEST_TEXT = 64 * 1024  # characters
_MOST_ITEMS = 10_000  # of a parameter; larger ones are not kept

_FLOW_RUN = """INSERT INTO flow_runs (id, flow, name, parent_id, parameters, tags, run_count,
 expected_start_time, process) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)"""
_TASK_RUN = """INSERT INTO task_runs (id, flow_run_id, task, name, map_index, tags, run_count,
 expected_start_time) VALUES (?, ?, ?, ?, ?, ?, 0, ?)"""
_STATE = "INSERT INTO states (run_id, type, name, message, timestamp) VALUES (?, ?, ?, ?, ?)"
_CHANGE = {
    table: f"""UPDATE {table} SET name = ?, state_type = ?, state_name = ?, message = ?,
 run_count = ?, start_time = ?, end_time = ? WHERE id = ?"""  # noqa: S608  # one of two names
    for table in ("flow_runs", "task_runs")
}
_LOG = """INSERT INTO logs (flow_run_id, task_run_id, level, logger, message, timestamp)
 VALUES (?, ?, ?, ?, ?, ?)"""
_EVENT = """INSERT INTO events (id, event, occurred, document, flow_run_id, task_run_id)
 VALUES (?, ?, ?, ?, ?, ?)"""


def of_event(event: Event) -> list[Row]:
    """The rows of one event; none for what the history does not keep."""
    make = _MAKERS.get(event.kind)
    return [] if make is None else make(event)


def of_record(record: logging.LogRecord) -> list[Row]:
    """The row of a record of a run logger, or of another one in a run."""
    around = _ids(current_body())
    if hasattr(record, "flow_run_id"):
        around = (record.flow_run_id, getattr(record, "task_run_id", None))
    text = record.getMessage()
    if record.exc_info:
        text += "\n" + logging.Formatter().formatException(record.exc_info)
    at = datetime.fromtimestamp(record.created, timezone.utc)
    return [_log(around, record.levelno, record.name, text, at)]


def _created(event: Event) -> list[Row]:
    run = event.run
    tags, expected = json.dumps(list(run.tags)), _time(run.expected_start_time)
    if isinstance(run, TaskRun):
        flow_run = str(run.flow_run_id) if run.flow_run_id else None
        values = (str(run.id), flow_run, run.task.name, run.name, run.map_index, tags, expected)
        return [(_TASK_RUN, values)]
    parent = str(run.parent.id) if run.parent else None
    parameters = json.dumps({name: _small(value) for name, value in run.parameters.items()})
    facts = (str(run.id), run.flow.name, run.name, parent, _cut(parameters), tags, expected)
    return [(_FLOW_RUN, (*facts, os.getpid()))]


def _state(event: Event) -> list[Row]:
    run, state = event.run, event.details["state"]
    ident, message = str(run.id), _cut(state.message)
    now = (ident, state.type.value, state.name, message, _time(state.timestamp))
    change = (
        *(run.name, state.type.value, state.name, message, run.run_count),
        *(_time(run.start_time), _time(run.end_time), ident),
    )
    table = "task_runs" if isinstance(run, TaskRun) else "flow_runs"
    return [(_STATE, now), (_CHANGE[table], change)]


def _retry(event: Event) -> list[Row]:
    text = f"{event.details['error']!r}; next try in {event.details['seconds']:g} s"
    return [_log(_ids(event.run), logging.INFO, _logger(event.run), text, _now())]


def _logged(event: Event) -> list[Row]:
    level = getattr(logging, event.details["level"])
    return [_log(_ids(event.run), level, _logger(event.run), event.details["text"], _now())]


def _emitted(event: Event) -> list[Row]:
    made = event.details["event"]
    document = json.dumps(made.model_dump(mode="json"))
    values = (str(made.id), made.event, _time(made.occurred), document, *_ids(event.run))
    return [(_EVENT, values)]


_MAKERS: dict[str, Callable[[Event], list[Row]]] = {
    "created": _created,
    "state": _state,
    "retry": _retry,
    "log": _logged,
    "event": _emitted,
}


def _ids(run: Run | None) -> tuple[str | None, str | None]:
    """The ids of the flow run and of the task run."""
    if isinstance(run, TaskRun):
        return (str(run.flow_run_id) if run.flow_run_id else None), str(run.id)
    return (str(run.id) if isinstance(run, FlowRun) else None), None


def _logger(run: Run) -> str:
    return "prefect.task_runs" if isinstance(run, TaskRun) else "prefect.flow_runs"


def _log(
    ids: tuple[str | None, str | None], level: int, logger: str, text: str, at: datetime
) -> Row:
    return _LOG, (*ids, level, logger, _cut(text), _time(at))


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _time(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(timezone.utc).isoformat()


def _cut(text: str | None) -> str | None:
    """The text, without what SQLite cannot keep and with an end that says how much is missing."""
    if text is None:
        return None
    rest = len(text) - _LONGEST_TEXT
    kept = text if rest <= 0 else f"{text[:_LONGEST_TEXT]}... [{rest} more characters]"
    return kept.encode("utf-8", "replace").decode("utf-8")


def _small(value: Any) -> Any:
    """The value as JSON, unless it is large."""
    if _items(value, _MOST_ITEMS) < 0:
        return {"$type": "opaque", "name": f"{type(value).__name__}, too large to keep"}
    return encode(value)


def _items(value: Any, budget: int) -> int:
    """What is left of the budget when each item costs one; it stops once that is below zero."""
    budget -= 1
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()] if len(value) < budget else ()
        budget = budget if value else -1
    if isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            if budget < 0:
                break
            budget = _items(item, budget)
    return budget
