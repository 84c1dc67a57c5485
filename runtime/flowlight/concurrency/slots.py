"""Takes slots of limits and gives them back, each in one transaction in the SQLite file."""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass
from datetime import datetime

from flowlight import world
from flowlight.concurrency.errors import ConcurrencySlotAcquisitionError
from flowlight.concurrency.limits import Limit, read
from flowlight.store.database import writing
from flowlight.store.home import database_exists
from flowlight.store.processes import is_alive, this_process

__all__ = ["Taken", "give_back", "try_to_take"]


@dataclass(frozen=True)
class Taken:
    """The limits of which `occupy` slots were taken, and the name under which they are held."""

    limits: tuple[Limit, ...]
    occupy: int
    hold: str


def try_to_take(names: list[str], occupy: int, *, rate_limit: bool = False) -> Taken | None:
    """Take `occupy` slots of every limit that there is; None when some are not free now.

    Raises `ConcurrencySlotAcquisitionError` for what can never be had. Names without a limit are
    left out: the answer says which were taken.
    """
    hold = uuid.uuid4().hex
    if occupy <= 0:
        why = "422 Unprocessable Entity: slots: Input should be greater than 0"
        raise ConcurrencySlotAcquisitionError.of(names, why)
    if not database_exists():  # nobody ever made a limit
        return Taken((), occupy, hold)
    now = world.current().clock()
    with writing() as database:
        limits = [limit for limit in read(database, now) if limit.name in names]
        active = [limit for limit in limits if limit.active]
        _check(names, active, occupy, rate_limit)
        if any(limit.active_slots + occupy > limit.limit for limit in active):
            return None
        _forget_the_gone(database)
        for limit in active:
            _take(database, limit, occupy, hold, now)
    return Taken(tuple(limits), occupy, hold)


def _check(names: list[str], limits: list[Limit], occupy: int, rate_limit: bool) -> None:
    if any(limit.limit < occupy for limit in limits):
        why = "422 Unprocessable Entity: Slots requested is greater than the limit"
        raise ConcurrencySlotAcquisitionError.of(names, why)
    steady = ",".join(limit.name for limit in limits if not limit.slot_decay_per_second)
    if rate_limit and steady:
        raise ConcurrencySlotAcquisitionError.of(
            names,
            "422 Unprocessable Entity: Only concurrency limits with slot decay can be used for"
            f" rate limiting. The following limits do not have a decay configured: {steady!r}",
        )


def _take(
    database: sqlite3.Connection, limit: Limit, occupy: int, hold: str, now: datetime
) -> None:
    """Slots that decay are counted, others are held."""
    if limit.slot_decay_per_second:
        _count(database, limit, limit.active_slots + occupy, now)
        return
    row = (hold, limit.name, occupy, this_process())
    database.execute("INSERT INTO concurrency_holds VALUES (?, ?, ?, ?)", row)


def _count(database: sqlite3.Connection, limit: Limit, slots: int, now: datetime) -> None:
    database.execute(
        "UPDATE concurrency_limits SET counted = ?, updated = ? WHERE name = ?",
        (max(slots, 0), now.isoformat(), limit.name),
    )


def give_back(taken: Taken) -> None:
    """Give back what is left of it: slots that decay may have come back by themselves."""
    now = world.current().clock()
    mine = {limit.name for limit in taken.limits if limit.active and limit.slot_decay_per_second}
    with writing() as database:
        database.execute("DELETE FROM concurrency_holds WHERE hold = ?", (taken.hold,))
        for limit in read(database, now) if mine else ():
            if limit.name in mine:
                _count(database, limit, limit.active_slots - taken.occupy, now)


def _forget_the_gone(database: sqlite3.Connection) -> None:
    """Processes that were killed did not give back what they held."""
    held = database.execute("SELECT DISTINCT process FROM concurrency_holds").fetchall()
    for (process,) in held:
        if not is_alive(process):
            database.execute("DELETE FROM concurrency_holds WHERE process = ?", (process,))
