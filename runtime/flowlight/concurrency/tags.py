"""The slots that a task run holds for its tags: of the limits `tag:NAME`, from start to end.

https://docs.prefect.io/v3/concepts/tag-based-concurrency-limits
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flowlight.commands import Logic, Sleep, Steps

if TYPE_CHECKING:
    from flowlight.concurrency.slots import Taken
    from flowlight.runs import TaskRun

__all__ = ["holding_slots"]

_REMEMBERED_SECONDS = 5.0  # as Prefect's
_unlimited: dict[tuple[str, ...], float] = {}  # tags that had no limit, and until when that holds


def holding_slots(run: TaskRun, logic: Logic) -> Logic:
    """The logic of a run, between the taking and the giving back of its slots.

    Raises `ConcurrencySlotAcquisitionError` for a limit without slots; the run never starts then.
    """
    taken = yield from _take(tuple(f"tag:{tag}" for tag in run.tags))
    if taken is None:
        return (yield from logic)
    from flowlight.concurrency.slots import give_back

    try:
        return (yield from logic)
    finally:
        give_back(taken)


def _take(names: tuple[str, ...]) -> Steps:
    """What was taken; None when none of the tags has a limit."""
    if _unlimited.get(names, 0) > time.monotonic():
        return None
    from flowlight.concurrency.limits import exist

    if not exist(names):
        _unlimited[names] = time.monotonic() + _REMEMBERED_SECONDS
        return None
    from flowlight.concurrency.waiting import Request, taking

    steps = taking(Request(list(names), 1, None, False))
    while True:
        try:
            seconds = next(steps)
        except StopIteration as end:
            taken: Taken | None = end.value
            return taken
        yield Sleep(seconds)
