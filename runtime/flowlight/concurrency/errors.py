"""What goes wrong when slots are taken. Messages: observed in Prefect 3.8.8."""

from __future__ import annotations

__all__ = ["AcquireConcurrencySlotTimeoutError", "ConcurrencySlotAcquisitionError"]


class ConcurrencySlotAcquisitionError(Exception):
    """The slots can never be had: no such limit, or more than it has."""

    @classmethod
    def of(cls, names: list[str], why: str) -> ConcurrencySlotAcquisitionError:
        """The error in the words of Prefect's server."""
        return cls(f"Unable to acquire concurrency slots on {names!r}: {why}")


class AcquireConcurrencySlotTimeoutError(TimeoutError):
    """The slots were not free in time."""
