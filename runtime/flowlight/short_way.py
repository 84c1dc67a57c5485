"""The short way of one task run: what `core.py` does, for a run of which nothing special is asked.

It leads to the body without generators, and to the end when the body gave an ordinary value. What is
not plain there (an exception, a state, a hook, a transaction that somebody asked for) goes on in
`core.py`. See docs/decisions/0008-a-short-way-for-plain-task-runs.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowlight import core
from flowlight.context import (
    FlowRunContext,
    TaskRunContext,
    current_tags,
    in_body,
    task_around,
    transaction_variable,
)
from flowlight.drive_sync import drive
from flowlight.hooks import hears
from flowlight.inputs import Inputs
from flowlight.log_prints import stays_plain
from flowlight.results.running import task_persists
from flowlight.runs import TaskRun
from flowlight.spent import taken
from flowlight.states import State, StateType
from flowlight.world import World

if TYPE_CHECKING:
    from flowlight.tasks import Task

__all__ = ["is_open", "take"]

_RUNNING, _COMPLETED = StateType.RUNNING, StateType.COMPLETED


def is_open(task: Task, inputs: Inputs, flow: FlowRunContext | None) -> bool:
    """Whether a run of the task in `flow` may take it."""
    return (
        inputs.is_plain
        and _is_plain(task)
        and task_around() is None
        and transaction_variable.get() is None
        and not current_tags()
        and not (flow is not None and flow.flow_run.keeps_results)
        and not task_persists(task, flow)
        and stays_plain(task.log_prints)
    )


def _is_plain(task: Task) -> bool:
    """Whether the task has no option that bears on what comes before its body."""
    return not (
        task.isasync
        or task.isgenerator
        or task.tags
        or task.timeout_seconds is not None
        or task.task_run_name is not None
        or task.hooks["on_running"]
        or not task.has_default_policy
    )


def take(run: TaskRun, flow: FlowRunContext | None, world: World) -> None:
    """Run it to its end, in this thread; raises what `core.task_run` would raise."""
    task, parameters = run.task, run.parameters
    run.parameters = task.flatten(parameters)
    run.run_count = 1
    run.state = state = State(_RUNNING)
    run.start_time = state.timestamp
    late = parameters, world
    context = TaskRunContext(task, run, run.parameters, world.clock(), False, flow, None, late)
    if world.sinks:
        world.emit("state", run, state=state)
        world.emit("started", run)
    found = _found(context, parameters)
    if isinstance(found, State) and _ends_plainly(context, found):
        _end(run, found, world)
    else:
        _go_on(context, found, world)


def _found(context: TaskRunContext, parameters: dict[str, Any]) -> State | BaseException:
    """The state that stands for what the body returned, or the exception that it raised."""
    task = context.task
    try:
        args, kwargs = task.to_call(parameters)
        with in_body(context):
            value = taken(task.fn(*args, **kwargs))
    except GeneratorExit:  # observed in Prefect 3.8.8: such a run never ends
        if (own := context.own_transaction()) is not None:
            own.leave()
        raise
    except BaseException as error:
        return error
    return core.returned(context.task_run, value)


def _ends_plainly(context: TaskRunContext, state: State) -> bool:
    """Whether nobody is to be told, and nothing to be kept, of a run that ends in this state."""
    return (
        state.type is _COMPLETED
        and not hears(context.task.hooks, state)
        and not context.task.on_commit_hooks
        and context.has_no_transaction()
    )


def _end(run: TaskRun, state: State, world: World) -> None:
    run.state = state
    run.end_time = state.timestamp
    if world.sinks:
        world.emit("state", run, state=state)
        world.emit("ended", run, state=state)


def _go_on(context: TaskRunContext, found: State | BaseException, world: World) -> None:
    transaction = context.own_transaction()
    assert transaction is not None
    assert context.late is not None  # `take` has made the context
    drive(core.resumed(context, transaction, found, context.late[0], world), world)
