"""What a run asks of results: whether they are kept, in which store, under which key.

https://docs.prefect.io/v3/advanced/results, https://docs.prefect.io/v3/concepts/caching.
The rules of inheritance: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flowlight.context import FlowRunContext, TaskRunContext, in_task
from flowlight.results.transactions import AsyncTransaction, BaseTransaction, Transaction
from flowlight.settings import (
    PREFECT_DEFAULT_RESULT_STORAGE_BLOCK,
    PREFECT_RESULTS_PERSIST_BY_DEFAULT,
    PREFECT_TASKS_DEFAULT_PERSIST_RESULT,
    PREFECT_TASKS_REFRESH_CACHE,
)
from flowlight.world import World

if TYPE_CHECKING:
    from flowlight.flows import Flow
    from flowlight.results.store import ResultStore
    from flowlight.tasks import Task

__all__ = [
    "flow_persists",
    "flow_store",
    "get_result_store",
    "should_persist_result",
    "task_persists",
    "task_store",
    "transaction_of",
]

Context = TaskRunContext | FlowRunContext


def should_persist_result() -> bool:
    """Whether the results of the run around the caller are kept; outside, what the settings say."""
    around = TaskRunContext.get() or FlowRunContext.get()
    return bool(
        PREFECT_RESULTS_PERSIST_BY_DEFAULT.value() if around is None else around.persist_result
    )


def get_result_store() -> ResultStore:
    """The store of the run around the caller; outside of runs, one of its own."""
    return _store_of(TaskRunContext.get() or FlowRunContext.get())


def _store_of(around: Context | None) -> ResultStore:
    from flowlight.results.store import ResultStore

    return ResultStore() if around is None else around.result_store


def _inherited(around: Context | None) -> bool:
    if around is not None:
        return around.persist_result
    return bool(
        PREFECT_RESULTS_PERSIST_BY_DEFAULT.value() or PREFECT_DEFAULT_RESULT_STORAGE_BLOCK.value()
    )


def task_persists(task: Task, around: Context | None) -> bool:
    """Whether a task's results are kept: its option, else a setting, else as around it."""
    if task.persist_result is not None:
        return task.persist_result
    by_setting = PREFECT_TASKS_DEFAULT_PERSIST_RESULT.value()
    return _inherited(around) if by_setting is None else bool(by_setting)


def flow_persists(flow: Flow, around: Context | None) -> bool:
    """Whether a flow's results are kept: its option, else as around it, else a setting."""
    return _inherited(around) if flow.persist_result is None else flow.persist_result


def check_results(owner: Flow) -> None:
    """`ValueError` for a storage or a serializer of a name that is not there, kept or not."""
    from flowlight.results.store import resolve_result_storage

    if isinstance(owner.result_storage, str):
        resolve_result_storage(owner.result_storage)
    if isinstance(owner.result_serializer, str):
        from flowlight.results.serializers import resolve_serializer

        resolve_serializer(owner.result_serializer)


def flow_store(flow: Flow, around: Context | None) -> ResultStore:
    """The store of a flow run; its results are written without metadata."""
    from flowlight.results.store import NullFileSystem

    update = _update(flow, _store_of(around))
    return _store_of(around).model_copy(update={**update, "metadata_storage": NullFileSystem()})


def task_store(
    task: Task, around: Context | None, transaction: BaseTransaction | None
) -> ResultStore:
    """The store of a task run; locks are those of the policy, else of the transaction around."""
    from flowlight.results.store import NullFileSystem

    base = _store_of(around)
    update = _update(task, base)
    if task.result_storage_key is not None:
        update["storage_key_fn"] = partial(format_storage_key, task.result_storage_key)
    if transaction is not None and transaction.store is not None:
        update["lock_manager"] = transaction.store.lock_manager
    if isinstance(base.metadata_storage, NullFileSystem):
        update["metadata_storage"] = None
    from flowlight.results.policies import CachePolicy

    policy = task.cache_policy
    if isinstance(policy, CachePolicy):
        if policy.key_storage is not None:
            update["metadata_storage"] = _key_storage(policy.key_storage)
        if policy.lock_manager is not None:
            update["lock_manager"] = policy.lock_manager
    return base.model_copy(update=update)


def _update(owner: Task | Flow, base: ResultStore) -> dict[str, Any]:
    from flowlight.results.store import default_storage, resolve_result_storage

    update: dict[str, Any] = {"cache_result_in_memory": owner.cache_result_in_memory}
    if owner.result_storage is not None:
        update["result_storage"] = resolve_result_storage(owner.result_storage)
    elif base.result_storage is None:
        update["result_storage"] = default_storage()
    if owner.result_serializer is not None:
        from flowlight.results.serializers import resolve_serializer

        update["serializer"] = resolve_serializer(owner.result_serializer)
    return update


def _key_storage(given: Any) -> Any:
    from pathlib import Path

    from flowlight.results.store import resolve_result_storage

    is_path = isinstance(given, str) and given.count("/") != 1  # observed in Prefect 3.8.8
    return resolve_result_storage(Path(given) if is_path else given)


def format_storage_key(template: str) -> str:
    """The key that `result_storage_key` describes: `{parameters[x]}`, `{task_run.name}`..."""
    # By name: mypy cannot follow another import through this circle of modules.
    runtime: Any = importlib.import_module("flowlight.runtime_context")
    runs = {
        "flow_run": _Values(runtime.flow_run_value),
        "task_run": _Values(runtime.task_run_value),
        "deployment": _Values(runtime.deployment_value),
    }
    return template.format(
        **runs,
        prefect=SimpleNamespace(runtime=SimpleNamespace(**runs)),
        parameters=runtime.task_run_value("parameters"),
    )


class _Values:
    """`prefect.runtime.flow_run` or `.task_run` in a template."""

    def __init__(self, find: Callable[[str], Any]) -> None:
        self._find = find

    def __getattr__(self, name: str) -> Any:
        return self._find(name)


def transaction_of(
    context: TaskRunContext, inputs: dict[str, Any], flow: FlowRunContext | None, world: World
) -> BaseTransaction:
    """The transaction of one try of a task run in `flow`, not begun; `inputs` are its arguments.

    It has no key to look for when nothing could be found under it: `DEFAULT` reuses results of the
    same flow run only, so as long as that has kept none, nothing is hashed and no file is read.
    """
    task = context.task
    refresh = (
        PREFECT_TASKS_REFRESH_CACHE.value() if task.refresh_cache is None else task.refresh_cache
    )
    if context.persist_result and flow is not None:
        flow.flow_run.keeps_results = True
    fresh = flow is None or not flow.flow_run.keeps_results
    kind = AsyncTransaction if task.isasync else Transaction
    return kind(
        key=partial(_key, context, inputs, flow, world),
        store=lambda: context.result_store,
        isolation_level=getattr(task.cache_policy, "isolation_level", None),
        overwrite=refresh,
        write_on_commit=context.persist_result,
        quiet=not context.persist_result and fresh and _has_default(task),
    )


def _has_default(task: Task) -> bool:
    if task.has_default_policy:
        return True
    from flowlight.results.policies import DEFAULT

    return task.cache_policy is DEFAULT


def begun_late(context: TaskRunContext, inputs: dict[str, Any], world: World) -> BaseTransaction:
    """The transaction of a run outside of others, of which it is known that there is no record."""
    around = context.around
    flow = around if isinstance(around, FlowRunContext) else None
    made = transaction_of(context, inputs, flow, world)
    made.begin_at_once(None)
    return made


def _key(
    context: TaskRunContext, inputs: dict[str, Any], flow: FlowRunContext | None, world: World
) -> str | None:
    """The key of the policy, else of `result_storage_key`; an error in a policy is logged."""
    from flowlight.results.policies import CachePolicy

    task = context.task
    with in_task(context):
        if not isinstance(task.cache_policy, CachePolicy):
            key = task.result_storage_key
            return None if key is None else format_storage_key(key)
        try:
            return task.cache_policy.compute_key(
                task_ctx=context,
                inputs=inputs,
                flow_parameters=flow.parameters if flow else {},
            )
        except Exception as error:
            text = "Error encountered when computing cache key - result will not be persisted."
            whole = f"{text} {type(error).__name__}: {error}"
            told = {"level": "ERROR", "text": whole, "message": text, "error": error}
            world.emit("log", context.task_run, **told)
            return None
