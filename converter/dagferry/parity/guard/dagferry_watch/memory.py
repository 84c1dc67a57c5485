"""Limits the memory of a process, and notes when it did not suffice.

RLIMIT_DATA (setrlimit(2), private memory since Linux 4.7), because RLIMIT_AS counts what is merely
reserved. macOS keeps to neither: there is no limit there.
"""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

from dagferry_watch.mishaps import record


def limit(size: int) -> None:
    """At most so many bytes for this process, and for each that it starts."""
    if sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    sys.excepthook = _told(sys.excepthook)


def _told(before: Any) -> Any:
    def hook(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        if issubclass(kind, MemoryError):
            record("a process ran out of memory; allow more with --memory")
        before(kind, error, at)

    return hook
