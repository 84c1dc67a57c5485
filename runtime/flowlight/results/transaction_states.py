"""What transactions are told, and where they are; the values are Prefect's."""

from __future__ import annotations

from enum import Enum

__all__ = ["CommitMode", "IsolationLevel", "TransactionState"]


class IsolationLevel(str, Enum):
    """Whether two transactions of one key may be active at a time (not with SERIALIZABLE)."""

    READ_COMMITTED = "READ_COMMITTED"
    SERIALIZABLE = "SERIALIZABLE"


class CommitMode(str, Enum):
    """Commit at its own end, at the end of the outermost transaction, or only when asked to."""

    EAGER = "EAGER"
    LAZY = "LAZY"
    OFF = "OFF"


class TransactionState(str, Enum):
    """Where a transaction is."""

    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    STAGED = "STAGED"
    COMMITTED = "COMMITTED"
    ROLLED_BACK = "ROLLED_BACK"
