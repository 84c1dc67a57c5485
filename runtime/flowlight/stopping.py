"""Keeps the body of a task run from starting once its task runner has been stopped."""

from __future__ import annotations

from collections.abc import Callable

from flowlight.commands import Call, Ended, Logic, step

__all__ = ["until_stopped"]


def until_stopped(logic: Logic, stopped: Callable[[], bool]) -> Logic:
    """The same logic; in place of a call after `stopped()` it hears of a `CancelledError`."""
    command = step(logic)
    while not isinstance(command, Ended):
        if isinstance(command, Call) and stopped():
            command = step(logic, error=_cancelled())
            continue
        try:
            answer = yield command
        except GeneratorExit:
            logic.close()
            raise
        except BaseException as raised:  # the logic decides what each one means
            command = step(logic, error=raised)
        else:
            command = step(logic, answer)
    return command.state


def _cancelled() -> BaseException:
    """No `Exception`, so that it crashes the run (observed in Prefect 3.8.8)."""
    import asyncio  # slow to import, and rarely needed

    return asyncio.CancelledError("Task run cancelled by the task runner")
