"""Options of a concurrency block that are checked and then have nothing to do."""

from __future__ import annotations

from typing import Any

from flowlight.concurrency.errors import ConcurrencySlotAcquisitionError
from flowlight.concurrency.waiting import as_names
from flowlight.errors import NotSupported

__all__ = ["check"]


_MINUTE, _DAY = 60, 60 * 60 * 24  # seconds; observed in Prefect 3.8.8


def check(names: str | list[str], lease_duration: float, holder: Any) -> None:
    """What is refused before anything is taken.

    `ConcurrencySlotAcquisitionError` for a lease that Prefect does not give; one that it gives is
    renewed while the process lives, which is how flowlight holds slots. `NotSupported` for a
    holder: flowlight knows the process that holds a slot, and no other.
    """
    if names and not _MINUTE <= lease_duration <= _DAY:
        why = "422 Unprocessable Entity: lease_duration: Input should be from 60 to 86400 seconds"
        raise ConcurrencySlotAcquisitionError.of(as_names(names), why)
    if holder is not None:
        raise NotSupported(
            f"flowlight does not honour holder={holder!r} of concurrency(): leave it out"
        )
