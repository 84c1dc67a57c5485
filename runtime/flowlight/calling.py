"""The forms of a call: of a function, a coroutine, a generator, an asynchronous generator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from flowlight import world
from flowlight.commands import Logic
from flowlight.drive_sync import drive
from flowlight.runs import Run
from flowlight.world import World

__all__ = ["Calling", "call"]


class Calling(NamedTuple):
    """One call of a task or flow: `start` makes the run and its logic, `give` the answer."""

    kind: str
    isasync: bool
    isgenerator: bool
    return_state: bool
    start: Callable[[World], tuple[Run, Logic]]
    value: Callable[[Any], Any]

    def begin(self) -> tuple[Run, Logic, World]:
        """The run, its logic, and the world that both are in."""
        here = world.current()
        run, logic = self.start(here)
        return run, logic, here

    def items(self) -> tuple[Run, Logic, World]:
        """The same for a generator, which has no one state to give."""
        if self.return_state:
            raise ValueError(f"The return_type for a generator {self.kind} must be 'result'")
        return self.begin()

    def answer(self, run: Run) -> Any:
        """What the caller is given when the run has ended; raises what the run raised."""
        return run.state if self.return_state else self.value(run)


def call(calling: Calling) -> Any:
    """The answer, or what it is awaited or iterated by; then nothing has started yet."""
    if calling.isgenerator:
        return _iterate(calling)
    if calling.isasync:
        return _await(calling)
    run, logic, here = calling.begin()
    drive(logic, here)
    return calling.answer(run)


async def _await(calling: Calling) -> Any:
    from flowlight.drive_async import drive_async  # only who needs it pays for it

    run, logic, here = calling.begin()
    await drive_async(logic, here)
    return calling.answer(run)


def _iterate(calling: Calling) -> Any:
    from flowlight.drive_generator import iterate, iterate_async

    return iterate_async(calling) if calling.isasync else iterate(calling)
