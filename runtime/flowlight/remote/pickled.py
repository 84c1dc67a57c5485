"""Values as bytes for other processes: also functions and classes that those cannot import."""

from __future__ import annotations

from typing import Any

__all__ = ["pickled"]


def pickled(value: Any) -> bytes:
    """The value by cloudpickle; `TypeError` or `PicklingError` when it cannot be."""
    import cloudpickle  # slow to import, and only runs in other processes need it

    return bytes(cloudpickle.dumps(value))
