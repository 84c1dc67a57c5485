"""`Deployment` of Prefect 2: what 3 removed and flowlight still takes, with the way to write it now.

https://docs.prefect.io/v3/how-to-guides/migrate/upgrade-agents-to-workers
"""

from __future__ import annotations

import warnings
from typing import Any
from uuid import UUID

from flowlight.deployments import schedule_models
from flowlight.deployments.deployment import RunnerDeployment
from flowlight.deployments.registry import register
from flowlight.errors import NotSupported
from flowlight.flows import Flow

__all__ = ["Deployment"]

_ADVICE = (
    "Deployment.build_from_flow() was removed in Prefect 3: use flow.serve(name=...), or"
    " flow.to_deployment(name=...) and serve()"
)


class Deployment:
    """A deployment as Prefect 2 made it; `apply` keeps it, `flowlight serve` runs it."""

    def __init__(self, made: RunnerDeployment) -> None:
        self._made = made

    @classmethod
    def build_from_flow(
        cls,
        flow: Flow,
        name: str,
        *,
        apply: bool = False,
        schedule: Any = None,
        **options: Any,
    ) -> Deployment:
        """The deployment of a flow; options are those of `Flow.to_deployment`."""
        warnings.warn(_ADVICE, DeprecationWarning, stacklevel=2)
        options["parameters"] = _without_defaults(flow, options.get("parameters") or {})
        schedules = [_client_side(schedule)] if schedule is not None else None
        made = cls(RunnerDeployment.from_flow(flow, name, schedules=schedules, **options))
        if apply:
            made.apply()
        return made

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)

    def apply(self) -> UUID:
        """Keep the deployment in the store. A work pool is said not to be used."""
        if self._made.work_pool_name:
            warnings.warn(
                f"the work pool {self._made.work_pool_name!r} is not used: flowlight runs the"
                " deployment in processes of this machine",
                UserWarning,
                stacklevel=2,
            )
        if unused := sorted(set(self._made.job_variables) - {"env"}):
            raise NotSupported(f"job_variables: flowlight honours 'env' only, found: {unused}")
        self._made.check()
        return register(self._made)


def _client_side(schedule: Any) -> Any:
    """A server's schedule as the client's of the same name."""
    kind = getattr(schedule_models, type(schedule).__name__, None)
    return schedule if kind is None else kind(**schedule.model_dump())


def _without_defaults(flow: Flow, given: dict[str, Any]) -> dict[str, Any]:
    """None for a parameter that is None anyway: Prefect 2 took it whatever the annotation, 3 does not."""
    known = flow.signature.parameters
    return {
        name: value
        for name, value in given.items()
        if not (value is None and name in known and known[name].default is None)
    }
