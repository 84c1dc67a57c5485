"""The driver for ordinary functions: does in this thread what the logic of a run asks for."""

from __future__ import annotations

from typing import Any

from flowlight.commands import Call, Command, Logic, Sleep
from flowlight.deadline import deadline
from flowlight.states import State
from flowlight.world import World

__all__ = ["drive"]


def drive(logic: Logic, world: World) -> State:
    """Run the logic to its end; exceptions of a command are raised inside of the logic."""
    try:
        command = next(logic)
        while True:
            command = _advance(logic, command, world)
    except StopIteration as end:
        state: State = end.value
        return state


def _advance(logic: Logic, command: Command, world: World) -> Command:
    """Obey one command and tell the logic how it went; the next command."""
    try:
        answer = _obey(command, world)
    except BaseException as error:  # the logic decides what each one means
        return logic.throw(error)
    return logic.send(answer)


def _obey(command: Command, world: World) -> Any:
    if isinstance(command, Call):
        with command.inside:
            if command.timeout is None:
                return command.fn(*command.args, **command.kwargs)
            with deadline(command.timeout, command.expired):
                return command.fn(*command.args, **command.kwargs)
    if isinstance(command, Sleep):
        return world.sleep(command.seconds)
    for future in command.futures:
        future.block()
    return None
