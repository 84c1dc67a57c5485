"""The base of all cache policies, and those whose key a function or nobody computes.

https://docs.prefect.io/v3/concepts/caching. Details: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flowlight.context import TaskRunContext
    from flowlight.results.locks import LockManager

__all__ = ["CacheKeyFnPolicy", "CachePolicy", "_None", "check_name", "joined"]


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
        check_name(other)
        return self

    def __add__(self, other: CachePolicy) -> CachePolicy:
        """Both keys together make the key."""
        if isinstance(other, _None):
            return self
        return joined([self, other], self, other)


def check_name(other: object) -> None:
    """`TypeError` for what is no name of an input."""
    if not isinstance(other, str):
        raise TypeError("Can only subtract strings from key policies.")


_DIFFER = {
    "key_storage": "storage locations",
    "isolation_level": "isolation levels",
    "lock_manager": "lock implementations",
}


def joined(policies: list[CachePolicy], one: CachePolicy, other: CachePolicy) -> CachePolicy:
    """The policy of these; `ValueError` when the two that are added keep things in two places."""
    fields = {}
    for name, what in _DIFFER.items():
        ours, theirs = getattr(one, name), getattr(other, name)
        if ours is not None and theirs is not None and ours != theirs:
            raise ValueError(f"Cannot add CachePolicies with different {what}.")
        fields[name] = ours or theirs
    from flowlight.results.compound_policy import CompoundCachePolicy  # it is a policy itself

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
