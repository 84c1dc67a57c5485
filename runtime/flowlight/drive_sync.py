"""The driver for ordinary functions: does in this thread what the logic of a run asks for."""

from __future__ import annotations

from typing import Any

from flowlight.blocking import run_coroutine, settle
from flowlight.commands import Aside, Await, Call, Command, Ended, Logic, Sleep, step
from flowlight.deadline import deadline
from flowlight.spent import taken
from flowlight.states import State
from flowlight.world import World

__all__ = ["drive", "drive_on", "obey"]


def drive(logic: Logic, world: World) -> State:
    """Run the logic to its end; exceptions of a command are raised inside of the logic."""
    return drive_on(step(logic), logic, world)


def drive_on(command: Command | Ended, logic: Logic, world: World) -> State:
    """The same from `command`, which the logic has asked for already."""
    if isinstance(command, Ended):
        return command.state
    try:
        while True:
            try:
                answer = obey(command, world)
            except BaseException as error:  # noqa: PERF203  # the logic decides what each means
                command = logic.throw(error)
            else:
                command = logic.send(answer)
    except StopIteration as end:  # never the user's: that one was thrown into the logic
        state: State = end.value
        return state


def obey(command: Command, world: World) -> Any:
    """Do what one command asks for, in this thread."""
    if isinstance(command, Call):
        with command.inside:
            if command.timeout is None:
                return taken(command.fn(*command.args, **command.kwargs))
            with deadline(command.timeout, command.expired):
                return taken(command.fn(*command.args, **command.kwargs))
    if isinstance(command, Aside):
        with command.inside:
            return settle(command.fn(*command.args))
    if isinstance(command, Sleep):
        return world.sleep(command.seconds)
    if isinstance(command, Await):
        return run_coroutine(command.coroutine)
    for future in command.futures:
        future.block()
    return None
