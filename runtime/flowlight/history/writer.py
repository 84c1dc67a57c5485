"""The thread that writes rows to SQLite, many in one transaction.

At most some thousand rows wait for it: a run that is faster than the disk waits too, instead of
filling the memory. When writing fails it says so once, and the run goes on without being recorded.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from flowlight.history.rows import Row
from flowlight.store.database import connect, explained, transaction
from flowlight.store.errors import StoreError
from flowlight.store.home import database_path

__all__ = ["Writer"]

_MOST_WAITING = 1000
_BATCH_SECONDS = 0.05  # how long rows are collected before they are written


class Writer:
    """`put` rows, then `close`; `tell` is given one line when writing has failed."""

    def __init__(self, path: Path | None, tell: Callable[[str], None]) -> None:
        self._path = path
        self._tell = tell
        self._rows: queue.Queue[Sequence[Row] | None] = queue.Queue(_MOST_WAITING)
        self._ended = False
        self._hurry = threading.Event()  # collect no longer: many rows wait, or it is the end
        self._thread = threading.Thread(target=self._run, name="flowlight-history", daemon=True)
        self._thread.start()

    def put(self, rows: Sequence[Row]) -> None:
        """Have the rows written soon; waits while too many others do. After the end: nothing."""
        if self._ended:
            return
        self._rows.put(rows)
        if self._rows.qsize() > _MOST_WAITING // 2:
            self._hurry.set()

    def close(self) -> None:
        """Write what waits, and end the thread."""
        self._hurry.set()
        self._rows.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            path = self._path or database_path()
            with closing(connect(path)) as database, explained(path):
                self._write(database)
        except Exception as error:  # whatever it is, the run must not wait for a thread that ended
            kind = "" if isinstance(error, StoreError) else f"{type(error).__name__}: "
            self._tell(f"history: {kind}{error}; the run goes on without being recorded")
        finally:
            self._drop()

    def _write(self, database: sqlite3.Connection) -> None:
        while not self._ended:
            batch = [self._rows.get()]
            self._hurry.wait(_BATCH_SECONDS)
            self._hurry.clear()
            batch += self._waiting()
            self._ended = None in batch
            with transaction(database):
                for rows in batch:
                    for statement, values in rows or ():
                        database.execute(statement, values)

    def _waiting(self) -> list[Sequence[Row] | None]:
        return [self._rows.get() for _ in range(self._rows.qsize())]  # nobody else takes any

    def _drop(self) -> None:
        """Nobody may wait for rows that are written no more."""
        while not self._ended:
            self._ended = self._rows.get() is None
