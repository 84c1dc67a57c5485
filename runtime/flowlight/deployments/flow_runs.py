"""Runs a flow under an id, a name and a date that were decided before."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flowlight import core, core_flow, names, outcome, world
from flowlight.blocking import run_coroutine
from flowlight.calling import Calling, call
from flowlight.commands import Logic
from flowlight.context import current_body
from flowlight.errors import ParameterBindError
from flowlight.flows import Flow
from flowlight.inputs import Inputs
from flowlight.named_states import Failed, Scheduled
from flowlight.runs import DeploymentFacts, FlowRun
from flowlight.submission import Submissions
from flowlight.world import World

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
    deployment: DeploymentFacts | None = None,
) -> FlowRun:
    """The run, ended: what escapes from the flow is in its state and is not raised."""
    made: list[FlowRun] = []

    def start(here: World) -> tuple[FlowRun, Logic]:
        run = FlowRun(
            id=run_id or uuid4(),
            name=name or names.made_up(),
            expected_start_time=due or here.clock(),
            parameters=dict(parameters),
            tags=sorted(set(tags)),
            flow=flow,
            parent=parent,
            deployment=deployment,
        )
        made.append(run)
        here.emit("created", run, current_body(), direct=True)
        core.enter(run, Scheduled(), here)
        inputs = Inputs(flow.bind((), dict(parameters)), None)
        return run, core_flow.flow_run(run, inputs, Submissions(flow.task_runner), here)

    calling = Calling("flow", flow.isasync, flow.isgenerator, False, start, lambda _: None)
    try:
        _through(call(calling), flow)
    except BaseException as error:  # `exit()` in a flow is the run's end, not this process's
        _wreck(made[0], error)
    return made[0]


def _through(answer: Any, flow: Flow) -> None:
    """To the end of what a call gave: a coroutine, a generator, or nothing to wait for."""
    if flow.isasync and flow.isgenerator:
        run_coroutine(_exhaust(answer))
    elif flow.isasync:
        run_coroutine(answer)
    elif flow.isgenerator:
        deque(answer, maxlen=0)


async def _exhaust(items: Any) -> None:
    async for _ in items:
        pass


def _wreck(run: FlowRun, error: BaseException) -> None:
    """The end of a run that something escaped from before it had one."""
    if run.state is None or not run.state.is_final():
        bad = isinstance(error, ParameterBindError)
        state = Failed(message=str(error), data=error, run_id=run.id)
        core.enter(run, state if bad else outcome.of_crash(error, run.id), world.current())
