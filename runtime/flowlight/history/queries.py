"""What was recorded, as plain dicts: the documents of `flowlight runs` and `flowlight logs`."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
from typing import Any

from flowlight.store.database import reading

__all__ = ["find_runs", "flow_runs", "logs"]

_FINAL = ("COMPLETED", "FAILED", "CANCELLED", "CRASHED")
_RUN = """SELECT r.*, (SELECT count(*) FROM task_runs t WHERE t.flow_run_id = r.id) AS tasks
 FROM flow_runs r"""


def flow_runs(limit: int, flow: str | None, state: str | None) -> list[dict[str, Any]]:
    """The last flow runs, newest first; `state` is a name or a type, in any case."""
    query = f"""{_RUN} WHERE (?1 IS NULL OR r.flow = ?1) AND (?2 IS NULL
 OR lower(r.state_name) = lower(?2) OR lower(r.state_type) = lower(?2))
 ORDER BY r.number DESC LIMIT ?3"""
    with reading() as database:
        database.row_factory = sqlite3.Row
        return [_run(row) for row in database.execute(query, (flow, state, limit))]


def find_runs(given: str) -> list[dict[str, Any]]:
    """The flow runs of this id, of an id that begins so, or of this name."""
    query = f"{_RUN} WHERE r.name = ?1 OR substr(r.id, 1, length(?1)) = ?1 ORDER BY r.number"
    with reading() as database:
        database.row_factory = sqlite3.Row
        return [_run(row) for row in database.execute(query, (given,))]


def logs(flow_run_id: str) -> list[dict[str, Any]]:
    """The log lines of a flow run and of its task runs, in the order in which they came."""
    query = """SELECT l.*, t.name AS task_run FROM logs l LEFT JOIN task_runs t
 ON t.id = l.task_run_id WHERE l.flow_run_id = ? ORDER BY l.number"""
    with reading() as database:
        database.row_factory = sqlite3.Row
        return [_line(row) for row in database.execute(query, (flow_run_id,))]


def _run(row: sqlite3.Row) -> dict[str, Any]:
    ended = row["state_type"] in _FINAL
    return {
        "id": row["id"],
        "name": row["name"],
        "flow": row["flow"],
        "parent": row["parent_id"],
        "parameters": _parameters(row["parameters"]),
        "tags": json.loads(row["tags"]),
        "state": row["state_type"],
        "state_name": row["state_name"],
        "message": row["message"],
        "tries": row["run_count"],
        "started": row["start_time"],
        "ended": row["end_time"],
        "process_gone": not ended and not _is_alive(row["process"]),
        "tasks": row["tasks"],
    }


def _parameters(text: str) -> Any:
    """None when they were too long to be kept whole."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _line(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "time": row["timestamp"],
        "level": logging.getLevelName(row["level"]),
        "logger": row["logger"],
        "task_run": row["task_run"],
        "text": row["message"],
    }
