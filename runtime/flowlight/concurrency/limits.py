"""The limits as they are kept: a name, a number of slots, and how fast taken ones come back.

Slots of a limit with decay are counted and come back with time. Those of any other are held: by a
process, until it gives them back or is gone.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flowlight import world
from flowlight.store.database import reading, writing
from flowlight.store.home import database_exists
from flowlight.store.processes import is_alive

__all__ = ["Limit", "delete", "exist", "find", "list_all", "put", "read"]

_PUT = """INSERT INTO concurrency_limits VALUES (?, ?, ?, ?, 0, ?) ON CONFLICT (name) DO UPDATE SET
 slots = excluded.slots, decay = excluded.decay, active = excluded.active"""


@dataclass(frozen=True)
class Limit:
    """One limit at one moment; the decay is in slots per second."""

    name: str
    limit: int
    slot_decay_per_second: float
    active: bool
    active_slots: int


def put(name: str, limit: int, slot_decay_per_second: float = 0.0, active: bool = True) -> None:
    """Make a limit, or change one; `ValueError` for a negative number. What is taken stays so."""
    if limit < 0 or slot_decay_per_second < 0:
        raise ValueError(
            f"concurrency limit {name!r}: expected a number of slots and a decay of at least 0,"
            f" found {limit} and {slot_decay_per_second}"
        )
    now = world.current().clock().isoformat()
    with writing() as database:
        database.execute(_PUT, (name, limit, slot_decay_per_second, active, now))


def delete(name: str) -> bool:
    """Forget a limit; whether there was one."""
    with writing() as database:
        database.execute("DELETE FROM concurrency_holds WHERE name = ?", (name,))
        found = database.execute("DELETE FROM concurrency_limits WHERE name = ?", (name,))
        return found.rowcount > 0


def find(name: str) -> Limit | None:
    """The limit of this name, as it is now."""
    return next((limit for limit in list_all() if limit.name == name), None)


def exist(names: Sequence[str]) -> bool:
    """Whether one of these is there; no file is made to find out."""
    if not database_exists():
        return False
    marks = ", ".join("?" * len(names))
    query = f"SELECT 1 FROM concurrency_limits WHERE name IN ({marks}) LIMIT 1"  # noqa: S608
    with reading() as database:
        return database.execute(query, tuple(names)).fetchone() is not None


def list_all() -> list[Limit]:
    """All limits as they are now, by name."""
    with reading() as database:
        return read(database, world.current().clock())


def read(database: sqlite3.Connection, now: datetime) -> list[Limit]:
    """The same from an open connection."""
    held: dict[str, int] = {}
    for name, slots, process in database.execute(
        "SELECT name, slots, process FROM concurrency_holds"
    ).fetchall():
        held[name] = held.get(name, 0) + (slots if is_alive(process) else 0)
    rows = database.execute("SELECT * FROM concurrency_limits ORDER BY name").fetchall()
    return [_limit(row, held.get(row[0], 0), now) for row in rows]


def _limit(row: tuple[str, int, float, int, int, str], held: int, now: datetime) -> Limit:
    """Whole slots come back, counted from the last change (observed in Prefect 3.8.8)."""
    name, slots, decay, active, counted, updated = row
    passed = max((now - datetime.fromisoformat(updated)).total_seconds(), 0)
    left = max(counted - math.floor(decay * passed), 0)
    return Limit(name, slots, decay, bool(active), left + held)
