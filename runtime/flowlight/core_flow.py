"""The logic of one flow run, as a generator of commands; see `core.py`."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from flowlight import core_results, outcome
from flowlight.commands import Aside, Call, Logic, Sleep, WaitFor
from flowlight.context import FlowRunContext, TaskRunContext, in_flow
from flowlight.core import crash, enter, not_ready
from flowlight.errors import FlowRunTimeoutError, UpstreamTaskError
from flowlight.futures import PrefectFuture, PrefectFutureList
from flowlight.hooks import run_hooks
from flowlight.inputs import Inputs, states_of
from flowlight.log_prints import watching
from flowlight.named_states import AwaitingRetry, Failed, Running
from flowlight.parameters import referenced, validate
from flowlight.results.running import flow_persists
from flowlight.runs import FlowRun
from flowlight.states import State
from flowlight.submission import Submissions
from flowlight.termination import terminable
from flowlight.world import World

__all__ = ["flow_run", "taken"]


def flow_run(run: FlowRun, inputs: Inputs, submissions: Submissions, world: World) -> Logic:
    """The logic of one flow run. A crash ends it with the exception, any other end with a state."""
    yield WaitFor(inputs.futures)
    try:
        parameters = inputs.resolve()
    except UpstreamTaskError as error:
        return not_ready(run, error, world)
    try:
        if run.flow.should_validate_parameters:
            parameters = validate(run.flow.fn, referenced(parameters))
    except Exception as error:  # also what pydantic makes of an annotation that it cannot read
        return (yield from _end(run, _invalid(error, run), world))
    run.parameters = run.flow.flatten(parameters)
    around = TaskRunContext.get() or FlowRunContext.get()
    context = FlowRunContext(
        run.flow,
        run,
        run.parameters,
        world.clock(),
        submissions,
        flow_persists(run.flow, around),
        around,
    )
    with in_flow(context):
        run.name = run.flow.run_name(run, parameters)
    with terminable():
        state = yield from _tries(context, parameters, world)
    return (yield from _end(run, state, world, in_flow(context)))


def taken(run: FlowRun, world: World) -> Logic:
    """The logic of a call that takes a run of an earlier try of the flow around, with its result."""
    assert run.state is not None  # it has completed
    assert run.read_result is not None  # it has kept its result
    value = yield Aside(run.read_result)
    run.state = run.state.copy(update={"data": value})
    yield from run_hooks(run.flow.hooks, run.flow, run, run.state, world)
    return run.state


def _tries(context: FlowRunContext, parameters: dict[str, object], world: World) -> Logic:
    flow, run = context.flow, context.flow_run
    while True:
        state = yield from _one_try(context, parameters, world)
        yield from core_results.keep(context, state, world)
        if not state.is_failed() or run.run_count > flow.retries:
            return state
        if run.returned or not isinstance(state.data, Exception):
            # Observed in Prefect 3.8.8: a flow that returns a failure is left waiting for a retry.
            return AwaitingRetry(message=state.message, data=state.data, run_id=run.id)
        enter(run, AwaitingRetry(), world)
        world.emit("retry", run, seconds=flow.retry_delay_seconds, error=state.data)
        yield Sleep(flow.retry_delay_seconds)


def _one_try(context: FlowRunContext, parameters: dict[str, object], world: World) -> Logic:
    flow, run = context.flow, context.flow_run
    # Observed in Prefect 3.8.8: the hooks of the first try are called before there is a context.
    around = in_flow(context) if run.run_count else None
    yield from run_hooks(flow.hooks, flow, run, enter(run, Running(), world), world, around)
    run.run_count += 1
    run.returned = False
    if run.children is not None:
        run.children.restart()
    args, kwargs = flow.to_call(parameters)
    world.emit("started", run)
    inside = watching(flow.log_prints, in_flow(context))
    call = Call(flow.fn, args, kwargs, inside, flow.timeout_seconds, FlowRunTimeoutError)
    context.submissions.open()
    try:
        returned = run.receive((yield call))
        # Observed in Prefect 3.8.8: what `map` gave is a plain list when a flow returns it.
        listed = list(returned) if isinstance(returned, PrefectFutureList) else returned
        # Observed in Prefect 3.8.8: futures among the items of a generator stay as they are.
        value = listed if run.spent is not None else states_of(listed, _see)
        run.returned = not isinstance(value, State)
        return outcome.of_value(value, run.id)
    except TimeoutError as error:
        return outcome.of_timeout("Flow", error, flow.timeout_seconds, run.id)
    except Exception as error:  # the user's own: it is what the run ends with
        return outcome.of_error("Flow", error, run.id)
    except GeneratorExit:
        raise  # nobody will drive this any further
    except BaseException as error:
        yield from run_hooks(flow.hooks, flow, run, crash(run, error, world), world)
        raise
    finally:
        context.submissions.drain()


def _see(future: PrefectFuture) -> None:
    future.wait()


def _invalid(error: Exception, run: FlowRun) -> State:
    text = f"Validation of flow parameters failed with error: {type(error).__name__}: {error}"
    return Failed(data=error, message=text, run_id=run.id)


def _end(
    run: FlowRun, state: State, world: World, inside: AbstractContextManager[Any] | None = None
) -> Logic:
    enter(run, state, world)
    world.emit("ended", run, state=state)
    yield from run_hooks(run.flow.hooks, run.flow, run, state, world, inside)
    return state
