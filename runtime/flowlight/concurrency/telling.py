"""The events that Prefect emits when slots are taken and given back."""

from __future__ import annotations

from flowlight import world
from flowlight.concurrency.slots import Taken

__all__ = ["tell"]


def tell(phase: str, taken: Taken) -> None:
    """Emit one event for each limit; `phase` is `acquired` or `released`."""
    if not world.current().sinks:
        return
    from flowlight.emit_event import emit_event  # slow to import: it validates by pydantic

    for limit in taken.limits:
        emit_event(
            f"prefect.concurrency-limit.{phase}",
            resource={
                "prefect.resource.id": f"prefect.concurrency-limit.{limit.name}",
                "prefect.resource.name": limit.name,
                "slots-acquired": str(taken.occupy),
                "limit": str(limit.limit),
            },
        )
