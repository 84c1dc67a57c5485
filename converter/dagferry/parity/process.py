"""Child processes that cannot outlive their time, their parent or their purpose."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

GUARD = Path(__file__).parent / "guard"
SUPERVISOR = Path(__file__).parent / "supervise.py"
MEMORY = 2 << 30
_TAIL = 4000
PATIENCE = 30.0  # seconds that a supervisor may take over its time
_live: set[int] = set()  # the process groups that have to end with us
_supervisors: set[int] = set()  # processes that end all that is theirs when they are told to
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
    """How a child ended; `code` None when its time was up; `stderr` is the end of what it said.

    `mishaps`: what happened beside, so that the result proves nothing.
    """

    code: int | None
    stderr: str
    mishaps: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The last line on stderr, which is where engines say what went wrong."""
        lines = [line for line in self.stderr.splitlines() if line.strip()]
        return lines[-1].strip() if lines else f"exit code {self.code}, nothing on stderr"


@dataclass(frozen=True)
class Watch:
    """What the guard in a child is to watch; paths of files, `memory` in bytes (None: no limit).

    `writes` will list what is written, `mishaps` what makes the result worthless; `trace` is the
    file with which the engine ends the run.
    """

    network: bool = False
    memory: int | None = None
    writes: Path | None = None
    mishaps: Path | None = None
    trace: Path | None = None

    def variables(self) -> dict[str, str]:
        """As the guard reads them; empty texts mean no."""
        return {
            "DAGFERRY_NETWORK": "on" if self.network else "off",
            "DAGFERRY_MEMORY": str(self.memory or ""),
            "DAGFERRY_WRITES": str(self.writes or ""),
            "DAGFERRY_MISHAPS": str(self.mishaps or ""),
            "DAGFERRY_TRACE": str(self.trace or ""),
        }


def run_child(child: Child) -> Ended:
    """Run to the end or to the time limit, then end everything that it has started."""
    # Files, not pipes: whatever keeps a pipe open would hold us for ever.
    with tempfile.TemporaryFile() as stderr, tempfile.TemporaryFile() as told:
        if not hasattr(os, "fork"):
            return _run_alone(child, stderr)
        command = _supervised(child, told.fileno())
        with _started(child, command, stderr, told.fileno()) as process:
            try:
                code: int | None = process.wait(child.timeout + PATIENCE)
            except subprocess.TimeoutExpired:
                code = None
        told.seek(0)
        return ended(told.read(), code, tail(stderr))


def _supervised(child: Child, outcome: int) -> list[str]:
    options = {**supervision(child), "outcome": outcome}
    return [sys.executable, "-I", "-S", str(SUPERVISOR), json.dumps(options), *child.command]


def supervision(child: Child) -> dict[str, Any]:
    """The options of a supervisor, but for where the outcome goes."""
    variables = child.environment
    return {
        "timeout": child.timeout,
        # A server of the engine is out of reach where there is no network at all.
        "network": variables.get("DAGFERRY_NETWORK") != "off" or "DAGFERRY_SERVER" in variables,
        "stdout": str(child.stdout.absolute()) if child.stdout else None,
    }


def ended(told: bytes, code: int | None, stderr: str) -> Ended:
    """What a supervisor told; `code`: its own, None when it had to be ended."""
    if not told:
        # A supervisor that was ended has not seen its child end, whatever its own code.
        return Ended(-signal.SIGTERM if code == 0 else code, stderr)
    outcome: Mapping[str, Any] = json.loads(told)
    left, unreachable = outcome["left"], outcome["unreachable"]
    mishaps = (
        [f"the run left processes behind, which were ended: {'; '.join(left)}"] if left else []
    )
    if unreachable:
        mishaps.append("a program looked for the network, which is off; see --allow-network")
    return Ended(outcome["code"], stderr, tuple(mishaps))


def _run_alone(child: Child, stderr: IO[bytes]) -> Ended:
    """Without a supervisor, where there is no fork."""
    with _started(child, list(child.command), stderr) as process:
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
        for process in tuple(_supervisors):
            _tell_to_end(process)


def _tell_to_end(process: int) -> None:
    """A supervisor ends its whole family; the second signal is for one that was stopped."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process, signal.SIGTERM)
        os.kill(process, signal.SIGCONT)


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
    base: Mapping[str, str], temporary: Path, watch: Watch | None = None
) -> dict[str, str]:
    """The environment of a child: the caller's, made repeatable and, unless allowed, offline.

    `temporary` is where temporary files go.
    """
    fixed = {
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(GUARD), base.get("PYTHONPATH")])),
        "TMPDIR": str(temporary),
        "PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(temporary / "results"),
        # The settings of whoever asks are not those of the flow.
        "PREFECT_PROFILES_PATH": str(temporary / "profiles.toml"),
    }
    return {**base, **fixed, **(watch or Watch()).variables()}


@contextlib.contextmanager
def _started(
    child: Child, command: list[str], stderr: IO[bytes], *passed: int
) -> Iterator[subprocess.Popen[bytes]]:
    with Path((not passed and child.stdout) or os.devnull).open("wb") as stdout:
        process = subprocess.Popen(
            command,
            cwd=child.folder,
            env=dict(child.environment),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
            pass_fds=passed,
        )
    try:
        with supervised(process.pid, process.wait) if passed else watched(process.pid):
            yield process
    finally:
        process.wait()


@contextlib.contextmanager
def supervised(supervisor: int, wait: Callable[[float], object]) -> Iterator[None]:
    """While it is open, `kill_all` tells the supervisor to end; after it, it is ended.

    `wait`: for its end, so many seconds at most.
    """
    with _lock:
        _supervisors.add(supervisor)
    try:
        yield
    except BaseException:
        _tell_to_end(supervisor)
        with contextlib.suppress(subprocess.TimeoutExpired):
            wait(PATIENCE)
        raise
    finally:
        with _lock:
            _supervisors.discard(supervisor)
        kill_group(supervisor)


def tail(stream: IO[bytes]) -> str:
    """The end of what a stream holds."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    return stream.read().decode("utf-8", "replace")
