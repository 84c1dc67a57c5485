"""Hooks: functions of the user that are told of states.

One that raises is logged and changes nothing.

https://docs.prefect.io/v3/how-to-guides/workflows/state-change-hooks
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from types import CoroutineType
from typing import Any

from flowlight.commands import Await, Steps
from flowlight.runs import Run
from flowlight.states import State, StateType
from flowlight.world import World

__all__ = ["Hook", "Hooks", "check_hooks", "event_of", "hears", "hook_list", "in_hook", "run_hooks"]


class HookCall:
    """One call of a hook: what it printed, and what it raised."""

    __slots__ = ("error", "printed")

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.printed: list[str] = []


_calling: ContextVar[HookCall | None] = ContextVar("calling", default=None)
#: The hook that is being called, if one is: what it does is not what the body of its run did.
in_hook = _calling.get

Hook = Callable[[Any, Any, State], Any]
Hooks = dict[str, list[Hook]]

_EVENTS = {
    StateType.RUNNING: "on_running",
    StateType.COMPLETED: "on_completion",
    StateType.FAILED: "on_failure",
    StateType.CRASHED: "on_crashed",
    StateType.CANCELLING: "on_cancellation",
}


_OWNS = "PREFECT__ENABLE_CANCELLATION_AND_CRASHED_HOOKS"


def hook_list(event: str) -> property:
    """The hooks of one event as an attribute, `on_failure_hooks`, which may be read and set."""

    def read(owner: Any) -> list[Hook]:
        hooks: list[Hook] = owner.hooks[event]
        return hooks

    def put(owner: Any, hooks: list[Hook]) -> None:
        owner.hooks = {**owner.hooks, event: hooks}

    return property(read, put)


def check_hooks(kind: str, given: Mapping[str, Iterable[Hook] | None]) -> Hooks:
    """The hooks as lists; `TypeError` for what is not a list of functions."""
    checked: Hooks = {}
    for event, hooks in given.items():
        help_text = (
            f"Please provide a list of hooks to '{event}':\n\n"
            f"@{kind}({event}=[hook1, hook2])\ndef my_{kind}():\n\tpass"
        )
        if hooks is None:
            hooks = []
        if not isinstance(hooks, Iterable):
            raise TypeError(
                f"Expected iterable for '{event}'; got {type(hooks).__name__} instead. {help_text}"
            )
        checked[event] = list(hooks)
        for hook in checked[event]:
            if not callable(hook):
                raise TypeError(
                    f"Expected callables in '{event}'; got {type(hook).__name__} instead."
                    f" {help_text}"
                )
    return checked


def event_of(state: State) -> str | None:
    """The name of the hooks that hear of this state."""
    return _EVENTS.get(state.type)


def hears(hooks: Hooks, state: State) -> bool:
    """Whether any of the hooks hears of this state: mostly none does."""
    return bool(hooks.get(_EVENTS.get(state.type, "")))


def run_hooks(
    hooks: Hooks,
    owner: Any,
    run: Run,
    state: State,
    world: World,
    inside: AbstractContextManager[Any] | None = None,
) -> Steps:
    """Call the hooks that hear of `state`, in order; those that are asynchronous are awaited.

    `inside` is the context of the run, for those that Prefect 3.8.8 calls in it (observed).
    """
    event = event_of(state)
    called = hooks.get(event or "", ())
    if not called or (event == "on_cancellation" and not _owns_cancellation(run)):
        return
    with inside or nullcontext():
        token = _calling.set(None)
        try:
            for hook in called:
                call = HookCall()
                _calling.set(call)
                world.emit("hook", run, event=event, fn=hook, call=call)
                yield from _called(hook, call, owner, run, state, world)
            world.emit("heard", run, state=state)
        finally:
            _calling.reset(token)


def _owns_cancellation(run: Run) -> bool:
    """Whether the run calls these hooks itself, or the process that started it for them.

    Read when it is asked for, as Prefect 3.8.8 does (observed).
    """
    nested = getattr(run, "parent", None) is not None
    return nested or os.environ.get(_OWNS, "true").lower() == "true"


def _called(hook: Hook, call: HookCall, owner: Any, run: Run, state: State, world: World) -> Steps:
    try:
        answer = hook(owner, run, state)
        if isinstance(answer, CoroutineType):
            yield Await(answer)
        world.emit("hooked", run, fn=hook)
    except Exception as error:  # a hook must not change how a run ends
        call.error = error
        name = getattr(hook, "__name__", repr(hook))
        text = f"An error was encountered while running hook {name!r}"
        told = {"level": "ERROR", "text": f"{text}: {error!r}", "message": text, "error": error}
        world.emit("log", run, **told)
