"""The default version of a flow: a hash of the file that its function is in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["file_hash"]


def file_hash(fn: Callable[..., Any]) -> str | None:
    """32 hexadecimal digits; None when there is no such file (observed in Prefect 3.8.8)."""
    # All are slow to import; hashlib brings OpenSSL.
    import hashlib
    import inspect
    from pathlib import Path

    try:
        path = inspect.getsourcefile(fn)
        content = Path(path).read_bytes() if path else None
    except (TypeError, OSError):
        return None
    return None if content is None else hashlib.md5(content, usedforsecurity=False).hexdigest()
