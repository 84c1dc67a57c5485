"""Opens the SQLite file, brings its tables up to date and says plainly what is wrong with it.

Write-ahead logging lets one process write while others read; a process that is killed leaves a
file that can be read: https://www.sqlite.org/wal.html.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flowlight.store.errors import StoreError
from flowlight.store.home import database_path
from flowlight.store.schema import STEPS

__all__ = ["connect", "explained", "reading", "transaction", "writing"]

_PATIENCE_SECONDS = 60.0  # how long one process waits for another that writes


def connect(path: Path | None = None) -> sqlite3.Connection:
    """An open connection, to be closed by the caller; every statement commits by itself."""
    path = database_path() if path is None else path
    with explained(path):
        connection = sqlite3.connect(
            path, timeout=_PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def reading(path: Path | None = None) -> Iterator[sqlite3.Connection]:
    """A connection for a short while."""
    path = database_path() if path is None else path
    with closing(connect(path)) as connection, explained(path):
        yield connection


@contextmanager
def writing(path: Path | None = None) -> Iterator[sqlite3.Connection]:
    """A connection in a transaction, which ends with the block: kept, or undone by an exception."""
    with reading(path) as connection, transaction(connection):
        yield connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the lock is taken at once, so that it never has to be waited for midway."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) == len(STEPS):
        connection.execute("PRAGMA synchronous = NORMAL")
        return
    _use_write_ahead_log(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    path.chmod(0o600)
    with transaction(connection):
        version = _version(connection)  # another process may have been first
        if version > len(STEPS):
            raise StoreError(
                f"{path}: written by a newer flowlight (schema {version}, this one knows"
                f" {len(STEPS)}); use that one, or another folder with FLOWLIGHT_HOME"
            )
        for step in STEPS[version:]:
            for statement in step.split(";\n"):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """SQLite does not wait for others here, so we do: two new processes may be the first."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not _has_write_ahead_log(connection, time.monotonic() < end):
        time.sleep(0.02)


def _has_write_ahead_log(connection: sqlite3.Connection, patient: bool) -> bool:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if patient and "locked" in str(error):
            return False
        raise
    return True


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Errors of SQLite become `StoreError`s that name the file."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as error:
        advice = (
            "free some space" if isinstance(error, sqlite3.OperationalError) else "move it away"
        )
        raise StoreError(
            f"{path}: {error}; {advice}, or name another folder with FLOWLIGHT_HOME"
        ) from error
