"""Starts task runs: makes the record, finds the flow run around it, hands the logic to a driver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowlight import core, short_way, world
from flowlight.blocking import run_coroutine
from flowlight.commands import Logic
from flowlight.context import FlowRunContext, current_body, current_tags, flow_around
from flowlight.drive_sync import drive
from flowlight.futures import PrefectConcurrentFuture
from flowlight.ids import new_id
from flowlight.inputs import Inputs
from flowlight.runs import TaskRun
from flowlight.states import State, StateType
from flowlight.stopping import until_stopped
from flowlight.world import World

if TYPE_CHECKING:
    from flowlight.dispatcher import Dispatcher
    from flowlight.tasks import Task

__all__ = [
    "MapPosition",
    "call_task",
    "dispatch",
    "map_task",
    "new_run",
    "start_task",
    "submit_task",
]

_PENDING = StateType.PENDING


def start_task(
    task: Task, parameters: dict[str, Any], wait_for: Any, here: World
) -> tuple[TaskRun, Logic]:
    """A run of the task where the caller is, inside or outside of a flow."""
    inputs = Inputs(parameters, wait_for)
    run = new_run(task, inputs, flow_around(), here)
    return run, core.task_run(run, inputs, here)


def call_task(task: Task, parameters: dict[str, Any], wait_for: Any, here: World) -> TaskRun:
    """The same, run to its end; for tasks that are ordinary functions."""
    inputs, flow = Inputs(parameters, wait_for), flow_around()
    if not short_way.is_open(task, inputs, flow):
        run = new_run(task, inputs, flow, here)
        drive(core.task_run(run, inputs, here), here)
        return run
    run = _record(task, inputs, flow, here, -1, [])
    if here.sinks:  # nobody else ever sees that it is pending
        _announce(run, here, direct=True)
    short_way.take(run, flow, here)
    return run


def submit_task(task: Task, parameters: dict[str, Any], wait_for: Any) -> Any:
    """Hand the task to the task runner of the flow run around the caller."""
    around = _around("submission", "submitting", "use `.delay` to submit the task run")
    return around.task_runner.submit(task, parameters, wait_for)


def map_task(task: Task, parameters: dict[str, Any], wait_for: Any) -> Any:
    """Hand the task to the same, once for each position of the iterables it was given."""
    hint = "provide `deferred=True` to submit the mapped task runs"
    around = _around("mapped task runs", "mapping", hint)
    return around.task_runner.map(task, parameters, wait_for)


def _around(what: str, doing: str, instead: str) -> FlowRunContext:
    around = FlowRunContext.get()
    if around is None:
        raise RuntimeError(
            f"Unable to determine task runner to use for {what}. If you are {doing} a task"
            f" outside of a flow, please {instead} for deferred execution."
        )
    return around


class MapPosition(dict[str, Any]):
    """Where in a map a submitted run stands; task runners hand it on as `dependencies`."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


def dispatch(
    dispatcher: Dispatcher,
    task: Task,
    parameters: dict[str, Any],
    wait_for: Any,
    position: dict[str, Any] | None,
) -> PrefectConcurrentFuture:
    """A run of the task that the dispatcher starts when the futures it was given are done."""
    here = world.current()
    inputs = Inputs(parameters, wait_for)
    index = position.index if isinstance(position, MapPosition) else -1
    run = new_run(task, inputs, FlowRunContext.get(), here, map_index=index)
    future = PrefectConcurrentFuture(run)

    def body() -> None:
        around = flow_around()
        if not dispatcher.closed and short_way.is_open(task, inputs, around):
            short_way.take(run, around, here)
            return
        logic = until_stopped(core.task_run(run, inputs, here), lambda: dispatcher.closed)
        if task.isasync:
            run_coroutine(_awaited(logic, here))
        else:
            drive(logic, here)

    dispatcher.submit(future, inputs.futures, body)
    return future


async def _awaited(logic: Logic, here: World) -> State:
    from flowlight.drive_async import drive_async  # only who needs it pays for it

    return await drive_async(logic, here)


def new_run(
    task: Task,
    inputs: Inputs,
    flow: FlowRunContext | None,
    here: World,
    map_index: int | None = None,
) -> TaskRun:
    tags = sorted(task.tags | current_tags())
    run = _record(task, inputs, flow, here, -1 if map_index is None else map_index, tags)
    _announce(run, here, direct=map_index is None)
    return run


def _announce(run: TaskRun, here: World, *, direct: bool) -> None:
    if here.sinks:
        here.emit("created", run, current_body(), direct=direct)
    core.enter(run, State(_PENDING), here)


def _record(
    task: Task,
    inputs: Inputs,
    flow: FlowRunContext | None,
    here: World,
    map_index: int,
    tags: list[str],
) -> TaskRun:
    run_id = new_id()
    return TaskRun(
        id=run_id,
        name=f"{task.name}-{run_id.int >> 116:03x}",
        expected_start_time=here.clock(),
        parameters=inputs.parameters,
        tags=tags,
        task=task,
        flow_run_id=flow.flow_run.id if flow else None,
        upstream=inputs.upstream,
        map_index=map_index,
    )
