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
            try:  # each command may fail, and the logic goes on
                answer = _obey(command, world)
            except BaseException as error:  # the logic decides what each means
                command = logic.throw(error)
            else:
                command = logic.send(answer)
    except StopIteration as end:
        state: State = end.value
        return state


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
