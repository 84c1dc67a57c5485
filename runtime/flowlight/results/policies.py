"""Cache policies: rules that make a key of a task run; runs of one key share one result.

https://docs.prefect.io/v3/concepts/caching. Details: observed in Prefect 3.8.8. `DEFAULT` has the
id of the flow run in its key, so it reuses results within one flow run only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowlight.results.cache_policy import CacheKeyFnPolicy, CachePolicy, _None
from flowlight.results.compound_policy import CompoundCachePolicy
from flowlight.results.key_policies import (
    FlowParameters,
    Inputs,
    RunId,
    TaskSource,
    hash_objects,
)

if TYPE_CHECKING:
    from flowlight.context import TaskRunContext

__all__ = [
    "DEFAULT",
    "FLOW_PARAMETERS",
    "INPUTS",
    "NONE",
    "NO_CACHE",
    "RUN_ID",
    "TASK_SOURCE",
    "CacheKeyFnPolicy",
    "CachePolicy",
    "CompoundCachePolicy",
    "FlowParameters",
    "Inputs",
    "RunId",
    "TaskSource",
    "_None",
    "hash_objects",
    "task_input_hash",
]


def task_input_hash(context: TaskRunContext, arguments: dict[str, Any]) -> str | None:
    """A `cache_key_fn` of 2.x: the task, the code of its function, and its arguments."""
    code = context.task.fn.__code__.co_code.hex()
    return hash_objects(context.task.task_key, code, arguments)


INPUTS = Inputs()
NONE = _None()
NO_CACHE = _None()
TASK_SOURCE = TaskSource()
FLOW_PARAMETERS = FlowParameters()
RUN_ID = RunId()
DEFAULT = INPUTS + TASK_SOURCE + RUN_ID
