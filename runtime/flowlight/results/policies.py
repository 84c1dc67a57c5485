"""Cache policies: rules that make a key of a task run; runs of one key share one result.

https://docs.prefect.io/v3/concepts/caching. Details: observed in Prefect 3.8.8. `DEFAULT` has the
id of the flow run in its key, so it reuses results within one flow run only.
"""

from __future__ import annotations

import copy
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flowlight.errors import HashError

if TYPE_CHECKING:
    from flowlight.context import TaskRunContext
    from flowlight.results.locks import LockManager

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


def hash_objects(*args: Any, **kwargs: Any) -> str | None:
    """`hashing.hash_objects`, imported at the first hash: most runs need none."""
    from flowlight.results import hashing

    return hashing.hash_objects(*args, **kwargs)


@dataclass
class CachePolicy:
    """Base of all policies; a policy of the user's own overrides `compute_key`.

    `key_storage` keeps what is known about results apart from them; `isolation_level` SERIALIZABLE
    needs a `lock_manager`.
    """

    key_storage: Any = None
    isolation_level: Any = None
    lock_manager: LockManager | None = None

    @classmethod
    def from_cache_key_fn(cls, cache_key_fn: Callable[..., str | None]) -> CacheKeyFnPolicy:
        """The policy whose key a function computes."""
        return CacheKeyFnPolicy(cache_key_fn=cache_key_fn)

    def configure(
        self,
        key_storage: Any = None,
        lock_manager: LockManager | None = None,
        isolation_level: Any = None,
    ) -> Any:
        """The same policy with these changed."""
        new = copy.deepcopy(self)
        new.key_storage = new.key_storage if key_storage is None else key_storage
        new.lock_manager = new.lock_manager if lock_manager is None else lock_manager
        new.isolation_level = new.isolation_level if isolation_level is None else isolation_level
        return new

    def compute_key(
        self,
        task_ctx: TaskRunContext,
        inputs: dict[str, Any],
        flow_parameters: dict[str, Any],
        **kwargs: Any,
    ) -> str | None:
        """The key of a task run; None for no caching."""
        raise NotImplementedError

    def __sub__(self, other: str) -> CachePolicy:
        """Without an input; policies that look at no inputs stay as they are."""
        _check_name(other)
        return self

    def __add__(self, other: CachePolicy) -> CachePolicy:
        """Both keys together make the key."""
        if isinstance(other, _None):
            return self
        return _joined([self, other], self, other)


def _check_name(other: object) -> None:
    if not isinstance(other, str):
        raise TypeError("Can only subtract strings from key policies.")


_DIFFER = {
    "key_storage": "storage locations",
    "isolation_level": "isolation levels",
    "lock_manager": "lock implementations",
}


def _joined(policies: list[CachePolicy], one: CachePolicy, other: CachePolicy) -> CachePolicy:
    fields = {}
    for name, what in _DIFFER.items():
        ours, theirs = getattr(one, name), getattr(other, name)
        if ours is not None and theirs is not None and ours != theirs:
            raise ValueError(f"Cannot add CachePolicies with different {what}.")
        fields[name] = ours or theirs
    return CompoundCachePolicy(policies=policies, **fields)


@dataclass
class CacheKeyFnPolicy(CachePolicy):
    """The key is what a function of the task run context and the arguments returns."""

    cache_key_fn: Callable[..., str | None] | None = None

    def compute_key(
        self,
        task_ctx: TaskRunContext,
        inputs: dict[str, Any],
        flow_parameters: dict[str, Any],  # noqa: ARG002  # the signature is Prefect's
        **kwargs: Any,  # noqa: ARG002
    ) -> str | None:
        """What the function returns."""
        return self.cache_key_fn(task_ctx, inputs) if self.cache_key_fn else None


@dataclass
class CompoundCachePolicy(CachePolicy):
    """Several policies; their keys are hashed together, those that give None are left out."""

    policies: list[CachePolicy] = field(default_factory=list)

    def __post_init__(self) -> None:
        flat: list[CachePolicy] = []
        for policy in self.policies:
            flat += policy.policies if isinstance(policy, CompoundCachePolicy) else [policy]
        inputs = [policy for policy in flat if isinstance(policy, Inputs)]
        self.policies = [policy for policy in flat if not isinstance(policy, Inputs)]
        if inputs:
            excluded = sorted({name for policy in inputs for name in policy.exclude})
            self.policies.append(Inputs(exclude=excluded))

    def compute_key(
        self,
        task_ctx: TaskRunContext,
        inputs: dict[str, Any],
        flow_parameters: dict[str, Any],
        **kwargs: Any,
    ) -> str | None:
        """The hash of all keys."""
        keys = [
            policy.compute_key(
                task_ctx=task_ctx, inputs=inputs, flow_parameters=flow_parameters, **kwargs
            )
            for policy in self.policies
        ]
        found = [key for key in keys if key is not None]
        return hash_objects(*found, raise_on_failure=True) if found else None

    def __add__(self, other: CachePolicy) -> CachePolicy:
        """One policy more."""
        return _joined([*self.policies, other], self, other)

    def __sub__(self, other: str) -> CachePolicy:
        """Without an input, where inputs are looked at."""
        _check_name(other)
        if not any(isinstance(policy, Inputs) for policy in self.policies):
            return self
        return replace(self, policies=[*self.policies, Inputs(exclude=[other])])


@dataclass
class _None(CachePolicy):
    """No key: no result is reused, and none is kept for it."""

    def compute_key(
        self,
        task_ctx: TaskRunContext,  # noqa: ARG002  # the signature is Prefect's
        inputs: dict[str, Any],  # noqa: ARG002
        flow_parameters: dict[str, Any],  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> str | None:
        """Always None."""
        return None

    def __add__(self, other: CachePolicy) -> CachePolicy:
        """The other policy."""
        return other


@dataclass
class TaskSource(CachePolicy):
    """The key is the source text of the task's function."""

    def compute_key(
        self,
        task_ctx: TaskRunContext,
        inputs: dict[str, Any] | None,  # noqa: ARG002  # the signature is Prefect's
        flow_parameters: dict[str, Any] | None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> str | None:
        """The hash of the source, or of the byte code where there is none."""
        source = task_ctx.task.source_code
        if source is None:
            source = _other_source(task_ctx.task.fn)
        return hash_objects(source, raise_on_failure=True)


def _other_source(fn: Callable[..., Any]) -> Any:
    try:
        return inspect.getsource(fn)
    except TypeError:
        return inspect.getsource(type(fn))
    except OSError as error:
        if "source code" not in str(error):
            raise
        return fn.__code__.co_code


@dataclass
class FlowParameters(CachePolicy):
    """The key is the flow's parameters."""

    def compute_key(
        self,
        task_ctx: TaskRunContext,  # noqa: ARG002  # the signature is Prefect's
        inputs: dict[str, Any],  # noqa: ARG002
        flow_parameters: dict[str, Any],
        **kwargs: Any,  # noqa: ARG002
    ) -> str | None:
        """The hash of the parameters; None for none."""
        return hash_objects(flow_parameters, raise_on_failure=True) if flow_parameters else None


@dataclass
class RunId(CachePolicy):
    """The key is the id of the flow run; outside of flows, of the task run."""

    def compute_key(
        self,
        task_ctx: TaskRunContext,
        inputs: dict[str, Any],  # noqa: ARG002  # the signature is Prefect's
        flow_parameters: dict[str, Any],  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> str | None:
        """The id as text."""
        return str(task_ctx.task_run.flow_run_id or task_ctx.task_run.id)


@dataclass
class Inputs(CachePolicy):
    """The key is the arguments, without those that are excluded."""

    exclude: list[str] = field(default_factory=list)

    def compute_key(
        self,
        task_ctx: TaskRunContext,  # noqa: ARG002  # the signature is Prefect's
        inputs: dict[str, Any],
        flow_parameters: dict[str, Any],  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> str | None:
        """The hash of the arguments; `ValueError` for one that cannot be hashed."""
        if not inputs:
            return None
        kept = {name: _stable(v) for name, v in inputs.items() if name not in self.exclude}
        try:
            return hash_objects(kept, raise_on_failure=True)
        except HashError as error:
            raise ValueError(
                f"{error}\n\nThis often occurs when task inputs contain objects that cannot be"
                " cached like locks, file handles, or other system resources.\n\nTo resolve this,"
                " you can:\n  1. Exclude these arguments by defining a custom `cache_key_fn`\n"
                "  2. Disable caching by passing `cache_policy=NO_CACHE`\n"
            ) from error

    def __sub__(self, other: str) -> CachePolicy:
        """Without an input."""
        _check_name(other)
        return replace(self, exclude=[*self.exclude, other])


def _stable(value: Any) -> Any:
    """A data frame as its columns: its pickle is not the same every time."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and type(value) is pandas.DataFrame:
        return [value[column] for column in sorted(value.columns)]
    return value


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
