"""What child processes of a benchmark cost: CPU seconds, wall seconds, memory."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def keep_bytecode(folder: Path) -> None:
    """Let child processes find their modules compiled, as those of an installation are."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


def installed() -> dict[str, str]:
    """The environment for engines of others, whose bytecode their installer has written."""
    return {name: text for name, text in os.environ.items() if name != "PYTHONPYCACHEPREFIX"}


def cpu_of(work: Callable[[], object]) -> float:
    """CPU seconds of the processes that `work` starts and waits for."""
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    # In microseconds; `os.times` counts in hundredths of a second.
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def wall_of(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_of(command: Sequence[str]) -> float:
    """The most memory that one process took, in bytes; what it prints is thrown away."""
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=nothing, stderr=nothing)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return float(usage.ru_maxrss * 1024)
