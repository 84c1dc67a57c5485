"""Runs a flow under an id, a name and a date that were decided before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flowlight import core, core_flow, names, outcome, world
from flowlight.context import current_body
from flowlight.drive_sync import drive
from flowlight.errors import ParameterBindError
from flowlight.flows import Flow
from flowlight.inputs import Inputs
from flowlight.named_states import Failed, Scheduled
from flowlight.parameters import bind
from flowlight.runs import FlowRun
from flowlight.submission import Submissions

__all__ = ["run_flow"]


def run_flow(
    flow: Flow,
    parameters: Mapping[str, Any],
    *,
    run_id: UUID | None = None,
    name: str | None = None,
    due: datetime | None = None,
    tags: Iterable[str] = (),
    parent: FlowRun | None = None,
) -> FlowRun:
    """The run, ended: what escapes from the flow is in its state and is not raised."""
    here = world.current()
    run = FlowRun(
        id=run_id or uuid4(),
        name=name or names.made_up(),
        expected_start_time=due or here.clock(),
        parameters=dict(parameters),
        tags=sorted(set(tags)),
        flow=flow,
        parent=parent,
    )
    here.emit("created", run, current_body(), direct=True)
    core.enter(run, Scheduled(), here)
    try:
        inputs = Inputs(bind(flow.body, flow.signature, (), parameters), None)
    except ParameterBindError as error:
        core.enter(run, Failed(message=str(error), data=error, run_id=run.id), here)
        return run
    try:
        drive(core_flow.flow_run(run, inputs, Submissions(flow.task_runner), here), here)
    except BaseException as error:  # `exit()` in a flow is the run's end, not this process's
        if run.state is None or not run.state.is_final():
            core.enter(run, outcome.of_crash(error, run.id), here)
    return run
