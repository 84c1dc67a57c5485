"""What a store of results does besides keeping them: locks on records, and twins for coroutines."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from flowlight.errors import ConfigurationError

if TYPE_CHECKING:
    from flowlight.results.locks import LockManager
    from flowlight.results.records import ResultRecord

__all__ = ["LockingStore"]

T = TypeVar("T")


class LockingStore:
    """The part of `ResultStore` that is about locks and coroutines."""

    lock_manager: LockManager | None

    def exists(self, key: str) -> bool:
        """See `ResultStore`."""
        raise NotImplementedError

    def read(self, key: str, holder: str | None = None) -> ResultRecord:
        """See `ResultStore`."""
        raise NotImplementedError

    def write(
        self,
        obj: Any,
        key: str | None = None,
        expiration: datetime | None = None,
        holder: str | None = None,
    ) -> None:
        """See `ResultStore`."""
        raise NotImplementedError

    def persist_result_record(self, result_record: ResultRecord, holder: str | None = None) -> None:
        """See `ResultStore`."""
        raise NotImplementedError

    @staticmethod
    def generate_default_holder() -> str:
        """A name for this thread that no other thread has, on whatever machine."""
        thread = threading.current_thread()
        return f"{socket.gethostname()}:{os.getpid()}:{thread.ident}:{thread.name}"

    def supports_isolation_level(self, level: Any) -> bool:
        """Whether transactions of this level can use the store: SERIALIZABLE ones need locks."""
        from flowlight.results.transactions import IsolationLevel

        return (
            IsolationLevel(level) is IsolationLevel.READ_COMMITTED or self.lock_manager is not None
        )

    def acquire_lock(
        self, key: str, holder: str | None = None, timeout: float | None = None
    ) -> bool:
        """Take the lock of a record; False when `timeout` (seconds) is over."""
        return self._locks().acquire_lock(key, holder or self.generate_default_holder(), timeout)

    def release_lock(self, key: str, holder: str | None = None) -> None:
        """Give the lock of a record back."""
        self._locks().release_lock(key, holder or self.generate_default_holder())

    def is_locked(self, key: str) -> bool:
        """Whether anybody holds the lock of a record."""
        return self._locks().is_locked(key)

    def is_lock_holder(self, key: str, holder: str | None = None) -> bool:
        """Whether this holder (by default, this thread) holds the lock of a record."""
        return self._locks().is_lock_holder(key, holder or self.generate_default_holder())

    def wait_for_lock(self, key: str, timeout: float | None = None) -> bool:
        """Wait until nobody holds the lock of a record; False when `timeout` is over."""
        return self._locks().wait_for_lock(key, timeout)

    async def aexists(self, key: str) -> bool:
        """`exists` for coroutines."""
        return await _aside(self.exists, key)

    async def aread(self, key: str, holder: str | None = None) -> ResultRecord:
        """`read` for coroutines."""
        return await _aside(self.read, key, holder or self.generate_default_holder())

    async def awrite(
        self,
        obj: Any,
        key: str | None = None,
        expiration: datetime | None = None,
        holder: str | None = None,
    ) -> None:
        """`write` for coroutines."""
        holder = holder or self.generate_default_holder()
        await _aside(self.write, obj, key, expiration, holder)

    async def apersist_result_record(
        self, result_record: ResultRecord, holder: str | None = None
    ) -> None:
        """`persist_result_record` for coroutines."""
        holder = holder or self.generate_default_holder()
        await _aside(self.persist_result_record, result_record, holder)

    async def await_for_lock(self, key: str, timeout: float | None = None) -> bool:
        """`wait_for_lock` for coroutines."""
        return await _aside(self.wait_for_lock, key, timeout)

    async def aacquire_lock(
        self, key: str, holder: str | None = None, timeout: float | None = None
    ) -> bool:
        """`acquire_lock` for coroutines."""
        holder = holder or self.generate_default_holder()
        return await _aside(self.acquire_lock, key, holder, timeout)

    def _locks(self) -> LockManager:
        if self.lock_manager is None:
            raise ConfigurationError(
                "Result store is not configured with a lock manager. Please set a lock manager when"
                " creating the result store to enable locking."
            )
        return self.lock_manager


async def _aside(fn: Callable[..., T], *args: Any) -> T:
    """Call it in a thread."""
    import asyncio  # slow to import; whoever runs this has it already

    return await asyncio.to_thread(fn, *args)
