"""What flows and `prefect` itself say about deployments; all of it is done in `deployments/`.

This module is imported with every flow, the package only by those who use it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Deployable", "aserve", "deploy", "serve"]


class Deployable:
    """The methods of a flow that make, serve and find deployments."""

    def to_deployment(self, name: str, **options: Any) -> Any:
        """The deployment of this flow: a value, to be given to `serve`."""
        from flowlight.deployments import flow_methods

        return flow_methods.to_deployment(self, name, **options)

    async def ato_deployment(self, name: str, **options: Any) -> Any:
        """As `to_deployment`."""
        return self.to_deployment(name, **options)

    def serve(self, name: str | None = None, **options: Any) -> None:
        """Run this flow when it is due, until Ctrl-C or SIGTERM."""
        from flowlight.deployments import flow_methods

        flow_methods.serve_flow(self, name, **options)

    async def aserve(self, name: str | None = None, **options: Any) -> None:
        """As `serve`, beside the caller's event loop."""
        from flowlight.deployments import flow_methods

        await flow_methods.aserve_flow(self, name, **options)

    def deploy(self, name: str, work_pool_name: str | None = None, **options: Any) -> Any:
        """Check the deployment as Prefect does; `NotSupported`, for there are no work pools yet."""
        from flowlight.deployments import flow_methods

        return flow_methods.deploy_flow(self, name, work_pool_name, **options)

    async def adeploy(self, name: str, work_pool_name: str | None = None, **options: Any) -> Any:
        """As `deploy`."""
        return self.deploy(name, work_pool_name, **options)

    @classmethod
    def from_source(cls, source: str | Path, entrypoint: str) -> Any:
        """The flow at an entrypoint below a local folder."""
        from flowlight.deployments.entrypoints import from_source

        return from_source(source, entrypoint)

    @classmethod
    async def afrom_source(cls, source: str | Path, entrypoint: str) -> Any:
        """As `from_source`."""
        return cls.from_source(source, entrypoint)


def serve(*deployments: Any, **options: Any) -> None:
    """Run these deployments when they are due, until Ctrl-C or SIGTERM."""
    from flowlight.deployments.serve import serve

    serve(*deployments, **options)


async def aserve(*deployments: Any, **options: Any) -> None:
    """As `serve`, beside the caller's event loop."""
    from flowlight.deployments.serve import aserve

    await aserve(*deployments, **options)


def deploy(*deployments: Any, **options: Any) -> Any:
    """Check the deployments as Prefect does; `NotSupported`, for there are no work pools yet."""
    from flowlight.deployments import flow_methods

    return flow_methods.deploy(*deployments, **options)
