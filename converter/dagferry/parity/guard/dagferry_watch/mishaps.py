"""Notes for `dagferry verify`: what happened in a run so that its result proves nothing."""

from __future__ import annotations

import os


def record(text: str) -> None:
    """Add a line to the file that DAGFERRY_MISHAPS names, if it names one."""
    target = os.environ.get("DAGFERRY_MISHAPS") or _file
    if not target:
        return
    line = " ".join(text.split())[:500] + "\n"
    number = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(number, line.encode("utf-8", "replace"))
    finally:
        os.close(number)


_file = os.environ.get("DAGFERRY_MISHAPS", "")
