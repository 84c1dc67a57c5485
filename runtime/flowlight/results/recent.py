"""The results that one flow run has used last, kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowlight.results.records import ResultRecord

__all__ = ["Recent"]

_SIZE = 1000  # observed in Prefect 3.8.8


class Recent:
    """Records by the path of their file; the one that nobody asked for longest goes first."""

    def __init__(self) -> None:
        self._records: OrderedDict[str, ResultRecord] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, path: str) -> ResultRecord | None:
        """The record of this path, if it is still here."""
        with self._lock:
            if path in self._records:
                self._records.move_to_end(path)
            return self._records.get(path)

    def put(self, path: str, record: ResultRecord) -> None:
        """Keep a record."""
        with self._lock:
            self._records[path] = record
            self._records.move_to_end(path)
            if len(self._records) > _SIZE:
                self._records.popitem(last=False)

    def forget(self, path: str) -> None:
        """The record is no longer to be used."""
        with self._lock:
            self._records.pop(path, None)
