"""The logic of one task run, as a generator of commands; `core_flow.py` has a flow run's.

A driver (`drive_sync.py`) obeys the commands. Nothing here waits, sleeps, starts a thread or calls
a body, so the logic is written once, whatever the driver.
"""

from __future__ import annotations

from flowlight import core_results, outcome, retrying
from flowlight.commands import Call, Logic, Sleep, Steps, WaitFor
from flowlight.concurrency.tags import holding_slots
from flowlight.context import TaskRunContext, active_transaction, flow_around, in_task, task_around
from flowlight.errors import TaskRunTimeoutError, UpstreamTaskError
from flowlight.hooks import hears, run_hooks
from flowlight.inputs import Inputs
from flowlight.log_prints import logs_prints, watching
from flowlight.named_states import AwaitingRetry, Failed, Pending, Retrying
from flowlight.results.running import task_persists, transaction_of
from flowlight.results.transactions import BaseTransaction
from flowlight.runs import Run, TaskRun
from flowlight.state_results import unwrapped
from flowlight.states import State, StateType
from flowlight.world import World

__all__ = ["crash", "enter", "not_ready", "resumed", "returned", "task_run"]

_RUNNING = StateType.RUNNING


def enter(run: Run, state: State, world: World) -> State:
    """Put the run into a state and tell the sinks."""
    run.enter(state)
    if world.sinks:
        world.emit("state", run, state=state)
    return state


def not_ready(run: Run, error: UpstreamTaskError, world: World) -> State:
    """The end of a run whose upstream did not complete: it never starts."""
    state = enter(run, Pending(name="NotReady", message=str(error), run_id=run.id), world)
    world.emit("ended", run, state=state)
    return state


def task_run(run: TaskRun, inputs: Inputs, world: World) -> Logic:
    """The logic of one task run, from its upstreams to its final state."""
    task = run.task
    if inputs.futures:
        yield WaitFor(inputs.futures)
    try:
        parameters = inputs.resolve(run)
    except UpstreamTaskError as error:
        return not_ready(run, error, world)
    run.parameters = task.flatten(parameters)
    if task.task_run_name is not None:
        with in_task(TaskRunContext(task, run, run.parameters, world.clock())):
            run.name = task.run_name(run, parameters)
    tries = _tries(run, parameters, world)
    return (yield from holding_slots(run, tries) if run.tags else tries)


def resumed(
    context: TaskRunContext,
    transaction: BaseTransaction,
    found: State | BaseException,
    parameters: dict[str, object],
    world: World,
) -> Logic:
    """The logic of a run from the end of its first body on, which `short_way.py` has called."""
    state = yield from _ended_try(context, transaction, found, world)
    return (yield from _tries(context.task_run, parameters, world, state))


def _tries(
    run: TaskRun, parameters: dict[str, object], world: World, state: State | None = None
) -> Logic:
    task = run.task
    while state is None:
        state = yield from _task_try(run, parameters, world)
    if world.sinks:
        world.emit("ended", run, state=state)
    if hears(task.hooks, state):
        inside = in_task(_context(run, world))
        yield from run_hooks(task.hooks, task, run, state, world, inside)
    return state


def _task_try(run: TaskRun, parameters: dict[str, object], world: World) -> Steps:
    """One try; the state that it ended in, None when there is to be another try."""
    task = run.task
    run.run_count += 1
    run.returned = run.made_state = False
    state = enter(run, State(_RUNNING) if run.run_count == 1 else Retrying(), world)
    context = _context(run, world)
    if hears(task.hooks, state):
        yield from run_hooks(task.hooks, task, run, state, world, in_task(context))
    transaction = transaction_of(context, parameters, flow_around(), world)
    if world.sinks:
        world.emit("started", run)
    found = yield from _outcome(context, transaction, parameters)
    return (yield from _ended_try(context, transaction, found, world))


def _ended_try(
    context: TaskRunContext,
    transaction: BaseTransaction,
    found: State | BaseException,
    world: World,
) -> Steps:
    """The state that the try ended in, whose body gave or raised this; None for another try."""
    run = context.task_run
    found = yield from _in_transaction(context, transaction, found, world)
    if not isinstance(found, BaseException):
        return found
    if not isinstance(found, Exception):
        crash(run, found, world)
        raise found
    state = _failure(run, found)
    if (yield from _wants_retry(run, state)):
        yield from _pause(run, state, world)
        return None
    yield from core_results.keep_failure(context, transaction, state, world)
    return enter(run, state, world)


def _context(run: TaskRun, world: World) -> TaskRunContext:
    around = task_around() or flow_around()
    return TaskRunContext(
        run.task,
        run,
        run.parameters,
        world.clock(),
        task_persists(run.task, around),
        around,
        active_transaction(),
    )


def _failure(run: TaskRun, error: Exception) -> State:
    if isinstance(error, TimeoutError):
        return outcome.of_timeout("Task", error, run.task.timeout_seconds, run.id)
    return outcome.of_error("Task", error, run.id)


def _in_transaction(
    context: TaskRunContext,
    transaction: BaseTransaction,
    state: State | BaseException,
    world: World,
) -> Steps:
    """What the body gave, or another run; kept, or undone, as its transaction says.

    The final state; None when there is to be another try; or the exception that ended this one,
    as a value: a generator cannot let a `StopIteration` of the user's pass.
    """
    run = context.task_run
    if isinstance(state, BaseException):
        run.returned = False
        yield from core_results.end(context, transaction, state)
        return state
    again = state.is_failed() and (yield from _wants_retry(run, state))
    if not again:
        try:
            core_results.stage(context, transaction, state, world)
        except Exception as error:  # a key outside of the folder, a storage that is not there
            run.returned = False
            yield from core_results.end(context, transaction, error)
            return error
        enter(run, state, world)
    if not transaction.end_at_once():
        yield from core_results.end(context, transaction)
    if not again:
        return state
    yield from _pause(run, state, world)
    return None


def _outcome(
    context: TaskRunContext, transaction: BaseTransaction, parameters: dict[str, object]
) -> Steps:
    """The state that stands for what the body returned, or the exception that it raised."""
    run, task = context.task_run, context.task
    try:
        if not transaction.begin_at_once(context.transaction):
            yield from core_results.begin(context, transaction)
        if transaction.is_committed() and not task.isgenerator:
            state: State = yield from core_results.cached(context, transaction)
            run.returned = True
            return state
        args, kwargs = task.to_call(parameters)
        inside = watching(logs_prints(run), in_task(context, transaction))
        call = Call(task.fn, args, kwargs, inside, task.timeout_seconds, TaskRunTimeoutError)
        value = yield call
    except GeneratorExit:
        transaction.leave()
        raise  # nobody will drive this any further
    except BaseException as error:
        return error
    state = returned(run, value)
    # Observed in Prefect 3.8.8: a generator runs again, though its result is there.
    return state.copy(update={"name": "Cached"}) if transaction.is_committed() else state


def returned(run: TaskRun, value: object) -> State:
    """The state that stands for what the body returned."""
    value = unwrapped(run.receive(value))
    run.returned = True
    run.made_state = isinstance(value, State) and value.run_id is None
    return outcome.of_value(value, run.id)


def crash(run: Run, error: BaseException, world: World) -> State:
    """The end of a run from which something escaped that is not an `Exception`."""
    state = enter(run, outcome.of_crash(error, run.id), world)
    world.emit("ended", run, state=state)
    return state


def _wants_retry(run: TaskRun, state: State) -> Steps:
    task = run.task
    if run.run_count > task.retries or not state.is_failed():
        return False
    return (yield from retrying.wanted(task.retry_condition_fn, task, run, _asked(run, state)))


def _pause(run: TaskRun, state: State, world: World) -> Steps:
    """What comes before the next try: nothing at all when there is no delay."""
    task = run.task
    seconds = retrying.delay_before(
        run.run_count, task.retry_delay_seconds, task.retry_jitter_factor, world
    )
    if task.retry_delay_seconds:
        enter(run, AwaitingRetry(), world)
    world.emit("retry", run, seconds=seconds, error=state.data, state=state)
    yield Sleep(seconds)


def _asked(run: TaskRun, state: State) -> State:
    """The state that a retry condition is shown; for an exception it has a message of its own."""
    if run.returned:
        return state
    text = f"Task run encountered unexpected exception: {state.data!r}"
    return Failed(data=state.data, message=text)
