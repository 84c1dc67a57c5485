"""Locks on records for several processes: a file per lock, in a folder that they share.

Files have the form of Prefect's, whose processes may share the folder (observed in 3.8.8).
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

__all__ = ["FileSystemLockManager"]

_POLL_SECONDS = 0.05


@dataclass(frozen=True)
class _Held:
    holder: str | None
    expiration: datetime | None


class FileSystemLockManager:
    """Locks as files of a folder, which is made when the first lock is taken."""

    def __init__(self, lock_files_directory: Path) -> None:
        self.lock_files_directory = Path(lock_files_directory).expanduser().resolve()

    def acquire_lock(
        self,
        key: str,
        holder: str,
        acquire_timeout: float | None = None,
        hold_timeout: float | None = None,
    ) -> bool:
        """Take the lock, waiting for it; False when `acquire_timeout` is over."""
        self.lock_files_directory.mkdir(parents=True, exist_ok=True)
        end = None if acquire_timeout is None else time.monotonic() + acquire_timeout
        while not self._create(key, holder, hold_timeout):
            if self.is_lock_holder(key, holder):
                return True
            if end is not None and time.monotonic() >= end:
                return False
            time.sleep(_POLL_SECONDS)
        return True

    def release_lock(self, key: str, holder: str) -> None:
        """Give the lock back; `ValueError` when this holder has none."""
        if not self.is_locked(key):
            raise ValueError(f"No lock for transaction with key {key}")
        if not self.is_lock_holder(key, holder):
            raise ValueError(f"No lock held by {holder} for transaction with key {key}")
        self._path(key).unlink(missing_ok=True)

    def is_locked(self, key: str, use_cache: bool = False) -> bool:  # noqa: ARG002  # Prefect's
        """Whether anybody holds the lock; one that has expired is taken away."""
        found = self._find(key)
        if found is None:
            return False
        if found.expiration is not None and found.expiration < datetime.now(timezone.utc):
            self._path(key).unlink(missing_ok=True)
            return False
        return True

    def is_lock_holder(self, key: str, holder: str) -> bool:
        """Whether this holder holds the lock."""
        found = self._find(key) if self.is_locked(key) else None
        return found is not None and found.holder == holder

    def wait_for_lock(self, key: str, timeout: float | None = None) -> bool:
        """Wait until nobody holds the lock; False when the time is over."""
        end = None if timeout is None else time.monotonic() + timeout
        while self.is_locked(key):
            if end is not None and time.monotonic() >= end:
                return False
            time.sleep(_POLL_SECONDS)
        return True

    def _path(self, key: str) -> Path:
        return self.lock_files_directory.joinpath(key).with_suffix(".lock")

    def _create(self, key: str, holder: str, hold_timeout: float | None) -> bool:
        """Make the lock file, with its content from the start; False when there is one."""
        self.is_locked(key)  # an expired one goes
        until = (
            None
            if hold_timeout is None
            else str(datetime.now(timezone.utc) + timedelta(seconds=hold_timeout))
        )
        path = self._path(key)
        part = path.with_name(f".{path.name}.{os.getpid()}.{holder[:80].replace('/', '-')}")
        part.write_text(json.dumps({"holder": holder, "expiration": until}), encoding="utf-8")
        try:
            os.link(part, path)
        except FileExistsError:
            return False
        finally:
            part.unlink()
        return True

    def _find(self, key: str) -> _Held | None:
        try:
            text = self._path(key).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        with contextlib.suppress(ValueError, KeyError, TypeError):
            found = json.loads(text)
            until = found["expiration"]
            return _Held(found["holder"], datetime.fromisoformat(until) if until else None)
        return _Held(None, None)  # Prefect has made the file and has not written it yet

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
