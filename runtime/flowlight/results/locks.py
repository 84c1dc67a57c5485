"""Locks on records, by key: who holds one may write the record. `file_locks.py` is for processes.

https://docs.prefect.io/v3/advanced/transactions, "Handle race conditions".
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

__all__ = ["LockManager", "MemoryLockManager"]


@runtime_checkable
class LockManager(Protocol):
    """What a lock manager can do; times are in seconds, None is for ever. Users may write one."""

    def acquire_lock(
        self,
        key: str,
        holder: str,
        acquire_timeout: float | None = None,
        hold_timeout: float | None = None,
    ) -> bool:
        """Take the lock, waiting for it; False when `acquire_timeout` is over."""
        ...

    def release_lock(self, key: str, holder: str) -> None:
        """Give the lock back; `ValueError` when this holder has none."""
        ...

    def is_locked(self, key: str) -> bool:
        """Whether anybody holds the lock."""
        ...

    def is_lock_holder(self, key: str, holder: str) -> bool:
        """Whether this holder holds the lock."""
        ...

    def wait_for_lock(self, key: str, timeout: float | None = None) -> bool:
        """Wait until nobody holds the lock; False when the time is over."""
        ...


@dataclass(frozen=True)
class _Held:
    holder: str
    until: float | None  # of time.monotonic()


class MemoryLockManager:
    """Locks for the threads of one process; every instance is the same one, as in Prefect."""

    _instance: MemoryLockManager | None = None
    _held: dict[str, _Held]
    _changed: threading.Condition

    def __new__(cls) -> MemoryLockManager:
        """The one instance of this process."""
        if cls._instance is None:
            made = super().__new__(cls)
            made._held, made._changed = {}, threading.Condition()
            cls._instance = made
        return cls._instance

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process it is the one of that process: its locks are others."""
        return (type(self), ())

    def acquire_lock(
        self,
        key: str,
        holder: str,
        acquire_timeout: float | None = None,
        hold_timeout: float | None = None,
    ) -> bool:
        """Take the lock, waiting for it; False when `acquire_timeout` is over."""
        with self._changed:
            if not self._wait(key, acquire_timeout, but=holder):
                return False
            if self._find(key) is None:
                until = None if hold_timeout is None else time.monotonic() + hold_timeout
                self._held[key] = _Held(holder, until)
            return True

    def release_lock(self, key: str, holder: str) -> None:
        """Give the lock back; `ValueError` when this holder has none."""
        with self._changed:
            if not self.is_lock_holder(key, holder):
                raise ValueError(f"No lock held by {holder} for transaction with key {key}")
            del self._held[key]
            self._changed.notify_all()

    def is_locked(self, key: str) -> bool:
        """Whether anybody holds the lock."""
        return self._find(key) is not None

    def is_lock_holder(self, key: str, holder: str) -> bool:
        """Whether this holder holds the lock."""
        found = self._find(key)
        return found is not None and found.holder == holder

    def wait_for_lock(self, key: str, timeout: float | None = None) -> bool:
        """Wait until nobody holds the lock; False when the time is over."""
        with self._changed:
            return self._wait(key, timeout)

    def _find(self, key: str) -> _Held | None:
        found = self._held.get(key)
        expired = found is not None and found.until is not None and found.until <= time.monotonic()
        return None if expired else found

    def _wait(self, key: str, timeout: float | None, but: str | None = None) -> bool:
        end = None if timeout is None else time.monotonic() + timeout
        while (found := self._find(key)) is not None and found.holder != but:
            ends = [moment for moment in (end, found.until) if moment is not None]
            left = min(ends) - time.monotonic() if ends else None
            if end is not None and end <= time.monotonic():
                return False
            self._changed.wait(left)
        return True

    async def aacquire_lock(
        self,
        key: str,
        holder: str,
        acquire_timeout: float | None = None,
        hold_timeout: float | None = None,
    ) -> bool:
        """`acquire_lock` for coroutines."""
        import asyncio

        return await asyncio.to_thread(
            self.acquire_lock, key, holder, acquire_timeout, hold_timeout
        )

    async def await_for_lock(self, key: str, timeout: float | None = None) -> bool:
        """`wait_for_lock` for coroutines."""
        import asyncio

        return await asyncio.to_thread(self.wait_for_lock, key, timeout)
