"""Child processes that cannot outlive their time, their parent or their purpose."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

GUARD = Path(__file__).parent / "guard"
_TAIL = 4000
_live: set[subprocess.Popen[bytes]] = set()
_lock = threading.Lock()


@dataclass(frozen=True)
class Child:
    """What to run: a command, its folder, its whole environment, its time limit in seconds.

    `stdout`: a file for what it prints there, which is nobody's business otherwise.
    """

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    timeout: float
    stdout: Path | None = None


@dataclass(frozen=True)
class Ended:
    """How a child ended; `code` None when its time was up; `stderr` is the end of what it said."""

    code: int | None
    stderr: str

    @property
    def reason(self) -> str:
        """The last line on stderr, which is where engines say what went wrong."""
        lines = [line for line in self.stderr.splitlines() if line.strip()]
        return lines[-1].strip() if lines else f"exit code {self.code}, nothing on stderr"


def run_child(child: Child) -> Ended:
    """Run to the end or to the time limit, then end the whole process group with SIGKILL."""
    # Files, not pipes: a grandchild that keeps a pipe open would hold us for ever.
    with tempfile.TemporaryFile() as stderr, _started(child, stderr) as process:
        try:
            code: int | None = process.wait(child.timeout)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _kill(process)
        return Ended(code, _tail(stderr))


def kill_all() -> None:
    """End every child that is running: for Ctrl-C, which only reaches the main thread."""
    with _lock:
        for process in tuple(_live):
            _kill(process)


def environment(
    base: Mapping[str, str], temporary: Path, *, network: bool = False, writes: Path | None = None
) -> dict[str, str]:
    """The environment of a child: the caller's, made repeatable and, unless allowed, offline.

    `temporary` is where temporary files go; `writes` is a file that will list what is written.
    """
    fixed = {
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(GUARD), base.get("PYTHONPATH")])),
        "TMPDIR": str(temporary),
        "PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(temporary / "results"),
        "DAGFERRY_NETWORK": "on" if network else "off",
        "DAGFERRY_WRITES": str(writes or ""),
    }
    return {**base, **fixed}


@contextlib.contextmanager
def _started(child: Child, stderr: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    with Path(child.stdout or os.devnull).open("wb") as stdout:
        process = subprocess.Popen(
            list(child.command),
            cwd=child.folder,
            env=dict(child.environment),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
    with _lock:
        _live.add(process)
    try:
        yield process
    finally:
        with _lock:
            _live.discard(process)
        process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if not hasattr(os, "killpg"):
        process.kill()
        return
    # The child leads its group; the group may live on after it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _tail(stream: IO[bytes]) -> str:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    return stream.read().decode("utf-8", "replace")
