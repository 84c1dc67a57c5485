"""Runs one command and outlives it, so that nothing that it started outlives the run.

    python -I -S supervise.py OPTIONS COMMAND...

The process of a real engine imports it and runs a function in place of a command. OPTIONS is JSON:
`timeout` (seconds), `network` (bool), `outcome` (a file descriptor) and `stdout` (a path, or null). The
outcome is JSON as well: `code` (null when the time was up), `left` (processes that were still running)
and `unreachable` (how often a program was told that there is no network).

On Linux it adopts every orphan below it (`PR_SET_CHILD_SUBREAPER`, prctl(2)), those with a session of
their own too; elsewhere it ends the process group. What is printed is kept up to a limit, from the
end. Standard library only, Python 3.8 and later.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import sys
import time
from os import _exit  # what a run puts in its place shall not keep a fork alive

TYPE_CHECKING = False  # `typing` takes longer to import than all the rest together
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

GRACE = 1.0  # seconds, for what ends by itself when its parent does
STDERR_BYTES, STDOUT_BYTES = 4000, 1 << 20
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
LINUX = sys.platform == "linux"


class Stopped(BaseException):
    """Whoever asked for the run wants it to end."""


class Tail:
    """The end of a stream; it is read whatever its length, for its writer must not wait."""

    def __init__(self, limit: int) -> None:
        self.limit, self.kept = limit, b""
        self.source, self.sink = os.pipe()
        os.set_blocking(self.source, False)

    def take(self) -> bool:
        """Read what there is; whether more may come."""
        try:
            piece = os.read(self.source, 1 << 16)
        except BlockingIOError:
            return True
        self.kept = (self.kept + piece)[-self.limit :]
        return bool(piece)


class Family:
    """The command's process and whatever it started; `status` once the command has ended."""

    def __init__(self, leader: int) -> None:
        self.leader, self.status = leader, None

    status: int | None

    def reap(self) -> bool:
        """Take notice of all that ended; whether any of our children is left."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return True
                if pid == self.leader:
                    self.status = exit_code(status)
        return False

    def kill(self) -> None:
        """End the process group and every descendant that can be found."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.leader, signal.SIGKILL)
        for pid in descendants(os.getpid()):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)


class Watch:
    """Waits for streams and for the ends of processes at the same time."""

    def __init__(self, family: Family, tails: list[Tail]) -> None:
        self.family, self.tails = family, tails
        self.selector = selectors.DefaultSelector()
        self.woken, wake = os.pipe()
        for end in (self.woken, wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        self.selector.register(self.woken, selectors.EVENT_READ, None)
        for tail in tails:
            self.selector.register(tail.source, selectors.EVENT_READ, tail)

    def wait(self, seconds: float) -> None:
        """Until something happens, at most so long."""
        for key, _ in self.selector.select(max(0.0, seconds)):
            if key.data is None:
                with contextlib.suppress(BlockingIOError):
                    os.read(self.woken, 4096)
            elif not key.data.take():
                self.selector.unregister(key.fd)

    def until(self, end: float) -> bool:
        """Until the command has ended or the moment has come; whether it ended."""
        self.family.reap()
        while self.family.status is None and time.monotonic() < end:
            self.wait(end - time.monotonic())
            self.family.reap()
        return self.family.status is not None

    def left(self, end: float) -> list[str]:
        """What still runs at that moment, empty as soon as nothing does."""
        while self.family.reap() and time.monotonic() < end:
            self.wait(end - time.monotonic())
        return [named(pid) for pid in descendants(os.getpid())] if self.family.reap() else []

    def end(self) -> None:
        """End all and read what they have written."""
        self.family.kill()
        while self.family.reap():
            self.family.kill()
            self.wait(0.02)
        while len(self.selector.get_map()) > 1 and self.selector.select(0):
            self.wait(0)


def main() -> None:
    """Run the command of the arguments."""
    command = sys.argv[2:]

    def run() -> None:
        os.execvp(command[0], command)  # noqa: S606  # the environment is ours by now

    supervise(json.loads(sys.argv[1]), run, command[0])


def supervise(options: dict[str, Any], run: Callable[[], object], name: str) -> None:
    """Run it in a child, which it must not return in, and write the outcome; ends early if stopped."""
    with contextlib.suppress(Stopped):
        _supervise(options, run, name)


def _supervise(options: dict[str, Any], run: Callable[[], object], name: str) -> None:
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    counted = not options["network"] and leave_network()
    err = Tail(STDERR_BYTES)
    out = Tail(STDOUT_BYTES) if options["stdout"] else None
    family = Family(_start(run, name, err, out))
    watch = Watch(family, [one for one in (err, out) if one])
    outcome = _outcome(watch, options["timeout"])
    outcome["unreachable"] = unreachable() if counted else 0
    os.write(2, err.kept)
    if out is not None:
        with open(options["stdout"], "wb") as file:
            file.write(out.kept)
    os.write(options["outcome"], json.dumps(outcome).encode())


def _outcome(watch: Watch, timeout: float) -> dict[str, Any]:
    left: list[str] = []
    try:
        if watch.until(time.monotonic() + timeout):
            left = watch.left(time.monotonic() + GRACE)
        code = watch.family.status
    finally:
        watch.end()
    return {"code": code, "left": left}


def _start(run: Callable[[], object], name: str, err: Tail, out: Tail | None) -> int:
    """What is to run, as a session of its own that ends with us."""
    pid = os.fork()
    if pid:
        os.close(err.sink)
        if out is not None:
            os.close(out.sink)
        return pid
    try:
        for number in (signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
        os.setsid()
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.dup2(os.open(os.devnull, os.O_WRONLY) if out is None else out.sink, 1)
        os.dup2(err.sink, 2)
        os.close(err.source)  # what writes to nobody must not wait
        run()
    except BaseException as error:
        os.write(2, f"{name}: {error}\n".encode())
    _exit(127)


def _stop(*_: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Stopped


def exit_code(status: int) -> int:
    """Of a status of `waitpid`; negative for a signal."""
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _prctl(option: int, value: int) -> None:
    if LINUX:
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def leave_network() -> bool:
    """Give up the network for us and all below, where the system lets us; whether it did.

    As the superuser without a user namespace, in which files of others would be out of reach.
    """
    if not LINUX:
        return False
    import ctypes

    user, group = os.getuid(), os.getgid()
    spaces = _CLONE_NEWNET | (_CLONE_NEWUSER if user else 0)
    if ctypes.CDLL(None).unshare(spaces) != 0:
        return False
    if user:
        for name, text in (("setgroups", "deny"), ("uid_map", user), ("gid_map", group)):
            line = text if name == "setgroups" else f"{text} {text} 1"
            with open(f"/proc/self/{name}", "w") as file:
                file.write(str(line))
    return True


def unreachable() -> int:
    """How often the kernel had no route for a program that wanted one (RFC 2011, ipOutNoRoutes)."""
    with open("/proc/self/net/snmp") as file:
        names, values = [line.split() for line in file if line.startswith("Ip:")]
    return int(values[names.index("OutNoRoutes")])


def descendants(root: int) -> list[int]:
    """The processes below this one; empty where there is no /proc."""
    parents = {}
    for name in os.listdir("/proc") if os.path.isdir("/proc/self") else ():
        if name.isdecimal():
            with contextlib.suppress(OSError):
                state, parent = _stat(name)
                if state != "Z":
                    parents[int(name)] = parent
    found = [root]
    for one in found:
        found += [pid for pid, parent in parents.items() if parent == one]
    return found[1:]


def _stat(pid: str) -> tuple[str, int]:
    with open(f"/proc/{pid}/stat", "rb") as file:
        fields = file.read().rpartition(b")")[2].split()
    return fields[0].decode(), int(fields[1])


def named(pid: int) -> str:
    """The command line of a process, shortened."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            text = file.read().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        text = ""
    return text[:80] or f"process {pid}"


if __name__ == "__main__":
    main()
