"""Where variables are: in the store, in a JSON file, or given to this process by its starter."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Protocol

from flowlight.errors import NotSupported
from flowlight.store.database import reading, writing
from flowlight.store.errors import StoreError

__all__ = ["Backend", "Entry", "backend", "preset"]

_lock = threading.Lock()
_given: _Given | None = None


@dataclass(frozen=True)
class Entry:
    """A value and its tags."""

    value: Any
    tags: tuple[str, ...] = ()


class Backend(Protocol):
    """What keeps variables."""

    def read(self, name: str) -> Entry | None:
        """The variable of this name."""

    def write(self, name: str, entry: Entry, overwrite: bool) -> bool:
        """Keep it; False when the name is taken and may not be overwritten."""

    def remove(self, name: str) -> bool:
        """Forget it; False when there was none."""


def backend() -> Backend:
    """What keeps the variables of this process."""
    if _given is not None:
        return _given
    path = os.environ.get("FLOWLIGHT_VARIABLES")
    return _File(Path(path)) if path else _Store()


def preset(values: Mapping[str, Any]) -> None:
    """Make these the variables of this process; what it sets ends with it."""
    global _given
    _given = _Given({name: Entry(value) for name, value in values.items()})


class _Given:
    """Kept in memory."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self._entries = entries

    def read(self, name: str) -> Entry | None:
        return deepcopy(self._entries.get(name))

    def write(self, name: str, entry: Entry, overwrite: bool) -> bool:
        with _lock:
            if name in self._entries and not overwrite:
                return False
            self._entries[name] = entry
            return True

    def remove(self, name: str) -> bool:
        with _lock:
            return self._entries.pop(name, None) is not None


class _File:
    """Kept in a JSON file of names and values, which is written whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str) -> Entry | None:
        values = self._values()
        return Entry(values[name]) if name in values else None

    def write(self, name: str, entry: Entry, overwrite: bool) -> bool:
        if entry.tags:
            raise NotSupported(
                f"the file of FLOWLIGHT_VARIABLES keeps no tags: set {name!r} without them"
            )
        with _lock:
            values = self._values()
            if name in values and not overwrite:
                return False
            self._save({**values, name: entry.value})
            return True

    def remove(self, name: str) -> bool:
        with _lock:
            values = self._values()
            if name not in values:
                return False
            del values[name]
            self._save(values)
            return True

    def _values(self) -> dict[str, Any]:
        if not self._path.exists():
            return {}
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:  # what is not UTF-8 or not JSON is a ValueError
            raise self._wrong(str(error)) from None
        if not isinstance(values, dict):
            raise self._wrong(f"found {type(values).__name__}")
        return values

    def _wrong(self, found: str) -> StoreError:
        return StoreError(
            f"FLOWLIGHT_VARIABLES: {self._path}: expected a JSON object of names and values: {found}"
        )

    def _save(self, values: dict[str, Any]) -> None:
        part = self._path.with_name(self._path.name + ".part")
        part.write_text(json.dumps(values, indent=1), encoding="utf-8")
        part.replace(self._path)


class _Store:
    """Kept in the store."""

    def read(self, name: str) -> Entry | None:
        with reading() as database:
            row = database.execute(
                "SELECT value, tags FROM variables WHERE name = ?", (name,)
            ).fetchone()
        return None if row is None else Entry(json.loads(row[0]), tuple(json.loads(row[1])))

    def write(self, name: str, entry: Entry, overwrite: bool) -> bool:
        verb = "INSERT OR REPLACE" if overwrite else "INSERT OR IGNORE"
        now = datetime.now(timezone.utc).isoformat()
        row = (name, json.dumps(entry.value), json.dumps(entry.tags), now)
        with writing() as database:
            done = database.execute(f"{verb} INTO variables VALUES (?, ?, ?, ?)", row)
            return done.rowcount > 0

    def remove(self, name: str) -> bool:
        with writing() as database:
            return database.execute("DELETE FROM variables WHERE name = ?", (name,)).rowcount > 0
