"""The methods of `Flow` that are about deployments; `flows.py` hands them on to here.

https://docs.prefect.io/v3/api-ref/python/prefect-flows
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flowlight.deployments.deployment import RunnerDeployment
from flowlight.errors import NotSupported
from flowlight.settings import PREFECT_DEFAULT_WORK_POOL_NAME

__all__ = ["aserve_flow", "deploy", "deploy_flow", "serve_flow", "to_deployment"]

_SERVING = ("pause_on_shutdown", "print_starting_message", "limit")


def to_deployment(flow: Any, name: str, **options: Any) -> RunnerDeployment:
    """The deployment of a flow, not yet known to anybody."""
    if "fetched" in flow.__dict__:
        raise NotSupported(
            f"to_deployment({name!r}): flowlight does not fetch the code of each run from a block;"
            " keep the files in a folder, and make the flow with from_source(folder, entrypoint)"
        )
    source = flow.__dict__.get("source")
    if source is None:
        return RunnerDeployment.from_flow(flow, name, **options)
    folder, entrypoint = source
    options.pop("entrypoint_type", None)
    return RunnerDeployment.of_source(flow, name, entrypoint, folder, **options)


def serve_flow(flow: Any, name: str | None = None, **options: Any) -> None:
    """Serve one flow until Ctrl-C or SIGTERM."""
    from flowlight.deployments.serve import serve

    deployment, how = _to_serve(flow, name, options)
    serve(deployment, **how)


async def aserve_flow(flow: Any, name: str | None = None, **options: Any) -> None:
    """As `serve_flow`, beside the caller's event loop."""
    from flowlight.deployments.serve import aserve

    deployment, how = _to_serve(flow, name, options)
    await aserve(deployment, **how)


def _to_serve(
    flow: Any, name: str | None, options: dict[str, Any]
) -> tuple[RunnerDeployment, dict[str, Any]]:
    """The deployment, and the options that say how it is served."""
    if options.pop("webserver", False):
        raise NotSupported("serve(webserver=True): flowlight answers no health checks")
    how = {key: options.pop(key) for key in _SERVING if key in options}
    if "global_limit" in options:
        options["concurrency_limit"] = options.pop("global_limit")
    chosen = name or flow.name
    return to_deployment(
        flow, Path(chosen).stem if Path(chosen).is_file() else chosen, **options
    ), how


def deploy_flow(flow: Any, name: str, work_pool_name: str | None = None, **options: Any) -> Any:
    """Check what Prefect checks; then say that there are no work pools yet."""
    if not (work_pool_name or PREFECT_DEFAULT_WORK_POOL_NAME.value()):
        raise ValueError(
            "No work pool name provided. Please provide a `work_pool_name` or set the"
            " `PREFECT_DEPLOYMENTS_DEFAULT_WORK_POOL_NAME` environment variable."
        )
    for key in ("image", "build", "push", "print_next_steps", "ignore_warnings"):
        options.pop(key, None)
    to_deployment(flow, name, **options)
    raise _no_pools(f"{flow.name}/{name}")


def deploy(
    *deployments: RunnerDeployment,
    work_pool_name: str | None = None,
    image: Any = None,
    **_: Any,
) -> Any:
    """Check what Prefect checks; then say that there are no work pools yet."""
    if not image:
        raise ValueError(
            "Either an image or remote storage location must be provided when deploying"
            " a deployment."
        )
    if not work_pool_name:
        raise ValueError(
            "A work pool name must be provided when deploying a deployment. Either"
            " provide a work pool name when calling `deploy` or set"
            " `PREFECT_DEPLOYMENTS_DEFAULT_WORK_POOL_NAME` in your profile."
        )
    raise _no_pools(", ".join(each.full_name for each in deployments))


def _no_pools(what: str) -> NotSupported:
    return NotSupported(
        f"flowlight has no work pools, workers or images yet, so {what} cannot be deployed to one;"
        " run it here with serve(), or deploy it with Prefect itself"
    )
