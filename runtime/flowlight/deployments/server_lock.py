"""A lock for each process that serves: the system gives it back when the process ends, however."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from flowlight.deployments.store import Store

__all__ = ["alive", "hold", "let_go"]


def hold(store: Store, server: str) -> FileLock:
    """Take the lock of this process."""
    lock = FileLock(_path(store, server))
    lock.acquire()
    return lock


def let_go(lock: FileLock) -> None:
    """Give the lock back and remove its file."""
    lock.release()
    Path(lock.lock_file).unlink(missing_ok=True)


def alive(store: Store, server: str | None) -> bool:
    """Whether the process of this id still holds its lock."""
    path = _path(store, server or "")
    if server is None or not path.exists():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    let_go(lock)
    return False


def _path(store: Store, server: str) -> Path:
    return store.path.with_name(f"{store.path.name}.{server}.lock")
