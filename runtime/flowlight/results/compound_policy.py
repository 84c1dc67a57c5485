"""A cache policy of several: their keys together make the key.

https://docs.prefect.io/v3/concepts/caching. Details: observed in Prefect 3.8.8.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flowlight.results.cache_policy import CachePolicy, check_name, joined
from flowlight.results.key_policies import Inputs, hash_objects

if TYPE_CHECKING:
    from flowlight.context import TaskRunContext

__all__ = ["CompoundCachePolicy"]


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
        return joined([*self.policies, other], self, other)

    def __sub__(self, other: str) -> CachePolicy:
        """Without an input, where inputs are looked at."""
        check_name(other)
        if not any(isinstance(policy, Inputs) for policy in self.policies):
            return self
        return replace(self, policies=[*self.policies, Inputs(exclude=[other])])
