"""Options of Prefect that mean nothing here."""

from __future__ import annotations

from typing import Any

from flowlight.errors import NotSupported

__all__ = ["refuse"]


def refuse(holder: Any) -> None:
    """`NotSupported` for a holder: flowlight knows the process that holds a slot, and no other."""
    if holder is not None:
        raise NotSupported(
            f"flowlight does not honour holder={holder!r} of concurrency(): leave it out"
        )
