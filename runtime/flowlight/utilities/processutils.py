"""Processes that integrations start (`prefect.utilities.processutils`)."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

__all__ = ["command_from_string", "command_to_string", "open_process"]


def command_to_string(command: list[str]) -> str:
    """The command as a shell of this machine reads it."""
    return subprocess.list2cmdline(command) if sys.platform == "win32" else shlex.join(command)


def command_from_string(command: str) -> list[str]:
    """The parts of a command that a shell would read."""
    return shlex.split(command, posix=sys.platform != "win32")


@asynccontextmanager
async def open_process(command: list[str], **kwargs: Any) -> AsyncIterator[Any]:
    """As `anyio.open_process`; the process ends with the block."""
    import anyio  # type: ignore[import-not-found,unused-ignore]  # integrations bring it

    if not isinstance(command, list):
        raise TypeError(
            f"open_process takes a list, not {command!r}; use command_from_string to make one"
        )
    process = await anyio.open_process(command, **kwargs)
    try:
        async with process:
            yield process
    finally:
        with suppress(OSError):  # it has ended
            process.terminate()
        with anyio.CancelScope(shield=True):
            await process.aclose()
