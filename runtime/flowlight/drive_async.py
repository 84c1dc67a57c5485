"""The driver for coroutines: awaits what the logic of a run asks for, and blocks no loop."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flowlight.blocking import settle
from flowlight.commands import Aside, Await, Call, Command, Ended, Logic, Sleep, step
from flowlight.deadline_async import deadline_async
from flowlight.futures import PrefectFuture
from flowlight.spent import taken
from flowlight.states import State
from flowlight.world import World

if TYPE_CHECKING:
    import asyncio

__all__ = ["aside", "drive_async", "obey_async"]


async def drive_async(logic: Logic, world: World) -> State:
    """Run the logic to its end; exceptions of a command are raised inside of the logic."""
    command = step(logic)
    while not isinstance(command, Ended):
        command = await _advance(logic, command, world)
    return command.state


async def _advance(logic: Logic, command: Command, world: World) -> Command | Ended:
    """Obey one command and tell the logic how it went; the next command."""
    try:
        answer = await obey_async(command, world)
    except BaseException as error:  # the logic decides what each one means
        return step(logic, error=error)
    return step(logic, answer)


async def obey_async(command: Command, world: World) -> Any:
    """Do what one command asks for, without blocking the loop."""
    if isinstance(command, Call):
        with command.inside:
            if command.timeout is None:
                return taken(await command.fn(*command.args, **command.kwargs))
            with deadline_async(command.timeout, command.expired):
                return taken(await command.fn(*command.args, **command.kwargs))
    if isinstance(command, Aside):
        with command.inside:
            return await aside(command)
    if isinstance(command, Sleep):
        return await _sleep(command.seconds, world)
    if isinstance(command, Await):
        return await command.coroutine
    return await _until_done(command.futures)


async def aside(command: Aside) -> Any:
    """Call a coroutine function in the loop, any other in a thread."""
    import asyncio  # slow to import; whoever runs this has it already

    if inspect.iscoroutinefunction(command.fn):
        return await command.fn(*command.args)
    return settle(await asyncio.to_thread(command.fn, *command.args))


async def _sleep(seconds: float, world: World) -> None:
    if world.sleep is not time.sleep:
        return world.sleep(seconds)  # somebody's own idea of time
    import asyncio  # slow to import; whoever runs this has it already

    return await asyncio.sleep(seconds)


async def _until_done(futures: Iterable[PrefectFuture]) -> None:
    import asyncio

    for future in futures:
        done = asyncio.Event()
        future.add_done_callback(_teller(asyncio.get_running_loop(), done))
        await done.wait()


def _teller(loop: asyncio.AbstractEventLoop, done: asyncio.Event) -> Callable[[Any], Any]:
    """A callback that may come from any thread."""
    return lambda _: loop.call_soon_threadsafe(done.set)
