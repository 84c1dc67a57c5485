"""The part of a run's logic that keeps results: one try of a task in its transaction.

https://docs.prefect.io/v3/advanced/transactions. The order of things: observed in Prefect 3.8.8.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from flowlight.commands import Aside, Steps
from flowlight.context import FlowRunContext, TaskRunContext, in_flow, in_task
from flowlight.named_states import Completed
from flowlight.results.transactions import BaseTransaction
from flowlight.runs import TaskRun
from flowlight.states import State
from flowlight.world import World

__all__ = ["begin", "cached", "end", "keep", "keep_failure", "stage"]


def begin(context: TaskRunContext, transaction: BaseTransaction) -> Steps:
    """What is left of the begin of a try's transaction, where `begin_at_once` was not enough."""
    return _inside(transaction.looking(), context, transaction)


def end(
    context: TaskRunContext, transaction: BaseTransaction, error: BaseException | None = None
) -> Steps:
    """End the transaction of a try; `error` is what the body raised."""
    return _inside(transaction.ending(error), context, transaction)


def _inside(
    steps: Generator[Aside, Any, Any], context: TaskRunContext, transaction: BaseTransaction
) -> Steps:
    """The steps, each taken where the body of the run would be."""
    answer, error = None, None
    while True:
        try:
            step = steps.send(answer) if error is None else steps.throw(error)
        except StopIteration as stop:
            return stop.value
        around = transaction if transaction.is_open else transaction.get_parent()
        answer = error = None
        try:
            answer = yield step._replace(inside=in_task(context, around))
        except GeneratorExit:
            raise  # nobody will drive this any further
        except BaseException as caught:  # the steps decide what each one means
            error = caught


def cached(context: TaskRunContext, transaction: BaseTransaction) -> Steps:
    """The state of a run that takes the result of another."""
    record = yield from _inside(transaction.reading(), context, transaction)
    run = context.task_run
    return Completed(name="Cached", data=record.result, run_id=run.id)


def stage(
    context: TaskRunContext, transaction: BaseTransaction, state: State, world: World
) -> None:
    """Give the transaction what is to be kept."""
    task, value = context.task, state.data
    if context.persist_result:
        lifetime = task.cache_expiration
        expiration = None if lifetime is None else world.clock() + lifetime
        value = context.result_store.create_result_record(value, transaction.key, expiration)
    undone = [_Quiet(partial(_rolled_back, context.task_run, world))] if world.sinks else []
    transaction.stage(value, [*undone, *task.on_rollback_hooks], task.on_commit_hooks)


class _Quiet:
    """A hook of ours: it is not announced."""

    log_on_run = False

    def __init__(self, fn: Callable[[], None]) -> None:
        self._fn = fn

    def __call__(self, _: BaseTransaction) -> None:
        self._fn()


def _rolled_back(run: TaskRun, world: World) -> None:
    """Observed in Prefect 3.8.8: an event tells of it, the run keeps its state."""
    state = Completed(
        name="RolledBack", message="Task rolled back as part of transaction", run_id=run.id
    )
    world.emit("state", run, state=state)


def keep(context: FlowRunContext, state: State, world: World) -> Steps:
    """Keep what a flow returned, if its results are kept; what stands in the way is logged."""
    context.flow_run.read_result = None
    if context.persist_result and state.name != "TimedOut":
        record = yield from _write(context, in_flow(context), state.data, world)
        if record is not None:
            context.flow_run.read_result = partial(context.result_store.read_result, record)


def keep_failure(
    context: TaskRunContext, transaction: BaseTransaction, state: State, world: World
) -> Steps:
    """Keep the exception that a task ended with, if its results are kept."""
    if context.persist_result and state.name != "TimedOut":
        inside = in_task(context, transaction.get_parent())
        yield from _write(context, inside, state.data, world)


def _write(
    context: FlowRunContext | TaskRunContext,
    inside: AbstractContextManager[None],
    value: Any,
    world: World,
) -> Steps:
    try:
        store = context.result_store
        record = store.create_result_record(value, _new_key())
        yield Aside(store.persist_result_record, (record,), inside)
        return record
    except Exception as error:  # a full disk, a value that cannot be pickled
        run = context.flow_run if isinstance(context, FlowRunContext) else context.task_run
        text = (
            f"Encountered an error while persisting result: {error} Execution will continue, but"
            " the result has not been persisted"
        )
        world.emit("log", run, level="WARNING", text=text)
        return None


def _new_key() -> str:
    """A key of its own, whatever `result_storage_key` says."""
    import uuid

    return uuid.uuid4().hex
