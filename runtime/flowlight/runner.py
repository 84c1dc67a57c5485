"""Starts task runs: makes the record, finds the flow run around it, hands the logic to a driver."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from flowlight import core, world
from flowlight.blocking import run_coroutine
from flowlight.commands import Logic
from flowlight.context import FlowRunContext, current_body, current_tags
from flowlight.drive_sync import drive
from flowlight.futures import PrefectFuture
from flowlight.inputs import Inputs
from flowlight.named_states import Pending
from flowlight.runs import TaskRun
from flowlight.states import State
from flowlight.world import World

if TYPE_CHECKING:
    from flowlight.tasks import Task

__all__ = ["start_task", "submit_task"]


def start_task(
    task: Task, parameters: dict[str, Any], wait_for: Any, here: World
) -> tuple[TaskRun, Logic]:
    """A run of the task where the caller is, inside or outside of a flow."""
    inputs = Inputs(parameters, wait_for)
    run = _new_run(task, inputs, FlowRunContext.get(), here)
    return run, core.task_run(run, inputs, here)


def submit_task(
    task: Task, parameters: dict[str, Any], wait_for: Any, map_index: int = -1
) -> PrefectFuture:
    """Hand the task to the task runner of the flow run around the caller."""
    here, flow = world.current(), FlowRunContext.get()
    if flow is None:
        what = ("submission", "submitting", "use `.delay` to submit the task run")
        if map_index >= 0:
            what = (
                "mapped task runs",
                "mapping",
                "provide `deferred=True` to submit the mapped task runs",
            )
        raise RuntimeError(
            f"Unable to determine task runner to use for {what[0]}. If you are {what[1]} a task"
            f" outside of a flow, please {what[2]} for deferred execution."
        )
    inputs = Inputs(parameters, wait_for)
    run = _new_run(task, inputs, flow, here, map_index=map_index)
    future = PrefectFuture(run)

    def job() -> None:
        logic = core.task_run(run, inputs, here)
        if task.isasync:
            run_coroutine(_awaited(logic, here))
        else:
            drive(logic, here)

    flow.submissions.submit(future, inputs.futures, job)
    return future


async def _awaited(logic: Logic, here: World) -> State:
    from flowlight.drive_async import drive_async  # only who needs it pays for it

    return await drive_async(logic, here)


def _new_run(
    task: Task,
    inputs: Inputs,
    flow: FlowRunContext | None,
    here: World,
    map_index: int | None = None,
) -> TaskRun:
    run_id = uuid.uuid4()
    run = TaskRun(
        id=run_id,
        name=f"{task.name}-{run_id.hex[:3]}",
        expected_start_time=here.clock(),
        parameters=inputs.parameters,
        tags=sorted(task.tags | current_tags()),
        task=task,
        flow_run_id=flow.flow_run.id if flow else None,
        upstream=inputs.upstream,
        map_index=-1 if map_index is None else map_index,
    )
    here.emit("created", run, current_body(), direct=map_index is None)
    core.enter(run, Pending(), here)
    return run
