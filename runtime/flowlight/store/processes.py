"""Which process holds something, in words that outlive it: its number and when it started."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["is_alive", "this_process"]


def this_process() -> str:
    """The words for this process."""
    return f"{os.getpid()}:{_started(os.getpid())}"


def is_alive(process: str) -> bool:
    """Whether that process is still there; a later one with its number is another."""
    number, _, started = process.partition(":")
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is somebody else's
        return True
    return _started(int(number)) == started


def _started(number: int) -> str:
    """When it started, in ticks of the machine; empty where the system does not say."""
    try:
        text = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[19]
