"""The drivers for generators: hand on what the body yields, while the logic of its run waits.

Observed in Prefect 3.8.8: what a caller sends is not passed in, what a caller throws ends the run
in a failure, and a run that is closed early has completed.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from flowlight.calling import Calling
from flowlight.commands import Call, Ended, Logic, step
from flowlight.deadline import deadline
from flowlight.deadline_async import deadline_async
from flowlight.drive_async import obey_async
from flowlight.drive_sync import drive_on, obey
from flowlight.world import World

__all__ = ["iterate", "iterate_async"]


class _Closed(BaseException):
    """The caller closed the generator early; `error` is what the body raised on that."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error


def iterate(calling: Calling) -> Generator[Any, None, Any]:
    """Run the logic to its end, yielding what the body yields; returns what the body returns."""
    run, logic, here = calling.items()
    closed = False
    command = step(logic)
    while not isinstance(command, Ended):
        answer: Any = None
        error: BaseException | None = None
        try:
            if isinstance(command, Call):
                answer = yield from _items(command, calling, logic, here)
            else:
                answer = obey(command, here)
        except _Closed as early:
            if calling.kind == "flow":
                raise GeneratorExit from None
            closed, error = True, early.error
        except BaseException as raised:  # the logic decides what each one means
            error = raised
        command = step(logic, answer, error)
    if closed:
        raise GeneratorExit
    return calling.answer(run)


def _items(command: Call, calling: Calling, logic: Logic, here: World) -> Generator[Any, None, Any]:
    """What the body yields. A flow that is closed early has ended before its body cleans up."""
    with command.inside, _limit(command):
        body = command.fn(*command.args, **command.kwargs)
        while True:
            try:
                item = next(body)
            except StopIteration as end:
                return end.value
            try:
                yield item
            except GeneratorExit as exit_:
                if calling.kind == "flow":
                    drive_on(step(logic), logic, here)
                raise _Closed(_close(body, exit_)) from None


def _limit(command: Call) -> AbstractContextManager[None]:
    return nullcontext() if command.timeout is None else deadline(command.timeout, command.expired)


def _close(body: Generator[Any, Any, Any], exit_: GeneratorExit) -> Exception | None:
    """What the body raises when it is told that nobody wants more."""
    try:
        body.throw(exit_)
    except (GeneratorExit, StopIteration):
        return None
    except Exception as error:
        return error
    return None


async def iterate_async(calling: Calling) -> AsyncGenerator[Any, None]:
    """Run the logic to its end, yielding what the body yields; raises what the body raised."""
    run, logic, here = calling.items()
    closed = False
    command = step(logic)
    while not isinstance(command, Ended):
        answer: Any = None
        error: BaseException | None = None
        try:
            if isinstance(command, Call):
                with command.inside, _limit_async(command):
                    body = command.fn(*command.args, **command.kwargs)
                    async for item in body:
                        yield item
            else:
                answer = await obey_async(command, here)
        except GeneratorExit:
            closed = True
            error = AttributeError("'async_generator' object has no attribute 'throw'")
        except BaseException as raised:  # the logic decides what each one means
            error = raised
        command = step(logic, answer, error)
    if run.state is not None and run.state.is_failed() and not closed:
        calling.answer(run)


def _limit_async(command: Call) -> AbstractContextManager[None]:
    if command.timeout is None:
        return nullcontext()
    return deadline_async(command.timeout, command.expired)
