"""What flows and `prefect` itself say about deployments; all of it is done in `deployments/`.

This module is imported with every flow, the package only by those who use it.
"""

from __future__ import annotations

from typing import Any

from flowlight.dispatch import awaited, dispatched

__all__ = ["Deployable", "adeploy", "aserve", "deploy", "serve"]


class Deployable:
    """The methods of a flow that make, serve and find deployments."""

    @dispatched
    def to_deployment(self, name: str, **options: Any) -> Any:
        """The deployment of this flow: a value, to be given to `serve`."""
        from flowlight.deployments import flow_methods

        return flow_methods.to_deployment(self, name, **options)

    ato_deployment = awaited(to_deployment)

    def serve(self, name: str | None = None, **options: Any) -> None:
        """Run this flow when it is due, until Ctrl-C or SIGTERM."""
        from flowlight.deployments import flow_methods

        flow_methods.serve_flow(self, name, **options)

    async def aserve(self, name: str | None = None, **options: Any) -> None:
        """As `serve`, beside the caller's event loop."""
        from flowlight.deployments import flow_methods

        await flow_methods.aserve_flow(self, name, **options)

    @dispatched
    def deploy(self, name: str, work_pool_name: str | None = None, **options: Any) -> Any:
        """Check the deployment as Prefect does; `NotSupported`, for there are no work pools yet."""
        from flowlight.deployments import flow_methods

        return flow_methods.deploy_flow(self, name, work_pool_name, **options)

    adeploy = awaited(deploy)

    @classmethod
    @dispatched
    def from_source(cls, source: Any, entrypoint: str) -> Any:
        """The flow at an entrypoint below a local folder, or of what a block fetches."""
        from flowlight.deployments.entrypoints import from_source

        return from_source(source, entrypoint)

    @classmethod
    async def afrom_source(cls, source: Any, entrypoint: str) -> Any:
        """As `from_source`."""
        return cls.from_source(source, entrypoint, _sync=True)


def serve(*deployments: Any, **options: Any) -> None:
    """Run these deployments when they are due, until Ctrl-C or SIGTERM."""
    from flowlight.deployments.serve import serve

    serve(*deployments, **options)


async def aserve(*deployments: Any, **options: Any) -> None:
    """As `serve`, beside the caller's event loop."""
    from flowlight.deployments.serve import aserve

    await aserve(*deployments, **options)


@dispatched
def deploy(*deployments: Any, **options: Any) -> Any:
    """Check the deployments as Prefect does; `NotSupported`, for there are no work pools yet."""
    from flowlight.deployments import flow_methods

    return flow_methods.deploy(*deployments, **options)


adeploy = awaited(deploy)
