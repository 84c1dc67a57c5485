"""What `serve` must not forget, in one SQLite file: deployments, and every run that was due.

A run is written down in the same transaction that moves the mark up to which dates are known, and
is claimed by a change of its state: however many processes share the file, and whenever one of them
is killed, a date is never lost and never run twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from flowlight.store.database import explained
from flowlight.store.errors import StoreError
from flowlight.store.home import home

__all__ = ["FINAL", "Store", "StoredRun", "default_path"]

FINAL = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")

_VERSION = 1
_TABLES = """
CREATE TABLE deployments (
    name TEXT PRIMARY KEY, id TEXT NOT NULL, document TEXT NOT NULL,
    paused INTEGER NOT NULL DEFAULT 0, known_until TEXT
);
CREATE TABLE runs (
    id TEXT PRIMARY KEY, key TEXT UNIQUE, deployment TEXT NOT NULL, name TEXT NOT NULL,
    parameters TEXT NOT NULL, tags TEXT NOT NULL, due TEXT NOT NULL, automatic INTEGER NOT NULL,
    state TEXT NOT NULL, state_name TEXT NOT NULL, message TEXT,
    server TEXT, started TEXT, ended TEXT
);
CREATE INDEX runs_by_state ON runs (state, due);
"""


def default_path() -> Path:
    """`serve.sqlite` in the folder that flowlight keeps things in."""
    return home() / "serve.sqlite"


def to_text(moment: datetime) -> str:
    """A moment as text whose order is that of time."""
    return moment.astimezone(timezone.utc).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class StoredRun:
    """One row of `runs`; `parameters` and `tags` are JSON, times ISO 8601 in UTC."""

    id: str
    key: str | None
    deployment: str
    name: str
    parameters: str
    tags: str
    due: str
    automatic: int
    state: str
    state_name: str
    message: str | None
    server: str | None
    started: str | None
    ended: str | None

    @property
    def due_at(self) -> datetime:
        """When it should start."""
        return datetime.fromisoformat(self.due)


class Store:
    """The file. A connection is made for each transaction: threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{path.parent}: cannot be made: {error.strerror}; give another file with --store"
            ) from None
        with self.changing() as change:
            version = change.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                for statement in _TABLES.split(";"):
                    change.execute(statement)
                change.execute(f"PRAGMA user_version = {_VERSION}")
            elif version != _VERSION:
                raise StoreError(
                    f"{path}: written by another version of flowlight (format {version}, this one"
                    f" reads {_VERSION}); give another file with --store"
                )

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that nobody else changes anything beside."""
        with explained(self.path), closing(self._connection()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def read(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """The rows of a query."""
        with explained(self.path), closing(self._connection()) as connection:
            return connection.execute(query, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        connection.row_factory = sqlite3.Row
        return connection

    def runs(self, where: str = "1", *values: Any) -> list[StoredRun]:
        """The runs that fit, by the time they were due."""
        query = f"SELECT * FROM runs WHERE {where} ORDER BY due, key, id"  # noqa: S608  # ours
        return [StoredRun(**dict(row)) for row in self.read(query, *values)]

    def run(self, run_id: str) -> StoredRun:
        """One run."""
        return self.runs("id = ?", run_id)[0]

    def finish(self, run_id: str, state: str, name: str, message: str | None, at: datetime) -> bool:
        """End a run, unless it has ended already."""
        with self.changing() as change:
            return finish(change, run_id, state, name, message, at)


def finish(
    change: sqlite3.Connection,
    run_id: str,
    state: str,
    name: str,
    message: str | None,
    at: datetime,
) -> bool:
    """As `Store.finish`, inside of a transaction."""
    done = change.execute(
        "UPDATE runs SET state = ?, state_name = ?, message = ?, ended = ?"
        " WHERE id = ? AND state NOT IN ('COMPLETED', 'FAILED', 'CRASHED', 'CANCELLED')",
        (state, name, message, to_text(at), run_id),
    )
    return done.rowcount == 1
