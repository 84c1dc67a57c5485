"""What goes wrong with the store."""

from __future__ import annotations

__all__ = ["StoreError"]


class StoreError(Exception):
    """It cannot be read or written: which file, what the system says, and what to do."""
