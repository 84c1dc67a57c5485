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
_live: set[int] = set()  # the process groups that have to end with us
_lock = threading.Lock()


@dataclass(frozen=True)
class Child:
    """What to run: a command (or an engine's arguments), its folder and whole environment.

    `timeout` in seconds.
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
        kill_group(process.pid)
        return Ended(code, tail(stderr))


def kill_all() -> None:
    """End every child that is running: for Ctrl-C, which only reaches the main thread."""
    with _lock:
        for group in tuple(_live):
            kill_group(group)


@contextlib.contextmanager
def watched(group: int) -> Iterator[None]:
    """While it is open, `kill_all` ends this process group; at its end it is ended in any case."""
    with _lock:
        _live.add(group)
    try:
        yield
    finally:
        with _lock:
            _live.discard(group)
        kill_group(group)


def kill_group(group: int) -> None:
    """End a process group with SIGKILL, if anything of it is left."""
    if not hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.kill(group, signal.SIGTERM)
        return
    # The child leads its group; the group may live on after it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


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
    try:
        with watched(process.pid):
            yield process
    finally:
        process.wait()


def tail(stream: IO[bytes]) -> str:
    """The end of what a stream holds."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    return stream.read().decode("utf-8", "replace")
