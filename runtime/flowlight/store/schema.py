"""The tables, as the steps that lead to them; a file says in `user_version` which it has taken.

A step that was released never changes: what is new is a new step at the end.
"""

from __future__ import annotations

__all__ = ["STEPS"]

_FIRST = """
CREATE TABLE variables (
    name TEXT PRIMARY KEY, value TEXT NOT NULL, tags TEXT NOT NULL, updated TEXT NOT NULL
);
CREATE TABLE blocks (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL,
    updated TEXT NOT NULL, UNIQUE (type, name)
);
CREATE TABLE artifacts (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, key TEXT, type TEXT,
    description TEXT, data TEXT NOT NULL, metadata TEXT NOT NULL, flow_run_id TEXT,
    task_run_id TEXT, created TEXT NOT NULL, updated TEXT NOT NULL
);
CREATE INDEX artifacts_by_key ON artifacts (key);
CREATE TABLE flow_runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, flow TEXT NOT NULL,
    name TEXT NOT NULL, parent_id TEXT, parameters TEXT, tags TEXT NOT NULL,
    state_type TEXT, state_name TEXT, message TEXT, run_count INTEGER NOT NULL,
    expected_start_time TEXT NOT NULL, start_time TEXT, end_time TEXT, process INTEGER NOT NULL
);
CREATE TABLE task_runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, flow_run_id TEXT,
    task TEXT NOT NULL, name TEXT NOT NULL, map_index INTEGER NOT NULL, tags TEXT NOT NULL,
    state_type TEXT, state_name TEXT, message TEXT, run_count INTEGER NOT NULL,
    expected_start_time TEXT NOT NULL, start_time TEXT, end_time TEXT
);
CREATE INDEX task_runs_by_flow_run ON task_runs (flow_run_id);
CREATE TABLE states (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, type TEXT NOT NULL,
    name TEXT NOT NULL, message TEXT, timestamp TEXT NOT NULL
);
CREATE INDEX states_by_run ON states (run_id);
CREATE TABLE logs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, flow_run_id TEXT, task_run_id TEXT,
    level INTEGER NOT NULL, logger TEXT NOT NULL, message TEXT NOT NULL, timestamp TEXT NOT NULL
);
CREATE INDEX logs_by_flow_run ON logs (flow_run_id);
CREATE INDEX logs_by_task_run ON logs (task_run_id);
CREATE TABLE events (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, event TEXT NOT NULL,
    occurred TEXT NOT NULL, document TEXT NOT NULL, flow_run_id TEXT, task_run_id TEXT
);
"""

_CONCURRENCY = """
CREATE TABLE concurrency_limits (
    name TEXT PRIMARY KEY, slots INTEGER NOT NULL, decay REAL NOT NULL, active INTEGER NOT NULL,
    counted INTEGER NOT NULL, updated TEXT NOT NULL
);
CREATE TABLE concurrency_holds (
    hold TEXT NOT NULL, name TEXT NOT NULL, slots INTEGER NOT NULL, process TEXT NOT NULL,
    PRIMARY KEY (hold, name)
);
"""

_INPUTS = """
CREATE TABLE run_inputs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, flow_run_id TEXT NOT NULL, key TEXT NOT NULL,
    value TEXT NOT NULL, sender TEXT, created TEXT NOT NULL
);
CREATE INDEX run_inputs_by_flow_run ON run_inputs (flow_run_id);
"""

STEPS: tuple[str, ...] = (_FIRST, _CONCURRENCY, _INPUTS)
