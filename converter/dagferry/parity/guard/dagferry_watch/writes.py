"""Lists the files that a process writes, but for those of the engine's own home."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any


def list_in(listing: str) -> None:
    """From now on, for as long as the process lives."""
    sys.addaudithook(_hook(listing))


def _hook(listing: str) -> Callable[[str, tuple[Any, ...]], None]:
    target = os.open(listing, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    home = os.environ.get("DAGFERRY_HOME")
    ours = os.path.abspath(os.environ.get("DAGFERRY_MISHAPS") or listing)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        path = written(event, arguments)
        if isinstance(path, (str, bytes, os.PathLike)):
            line = os.path.abspath(os.fsdecode(path)).replace("\n", " ")
            if line != ours and not (home and line.startswith(home + os.sep)):
                os.write(target, os.fsencode(line + "\n"))

    return hook


def written(event: str, arguments: tuple[Any, ...]) -> Any:
    """The path that an audit event is about to write to or to remove, None for all others."""
    if event == "open":
        path, mode, flags = arguments[:3]
        writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
        return path if set(mode or "") & set("wax+") or (flags or 0) & writes else None
    if event == "os.rename":
        return arguments[1]
    return arguments[0] if event == "os.remove" else None
