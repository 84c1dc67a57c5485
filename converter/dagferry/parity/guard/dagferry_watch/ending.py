"""Looks at a process when its engine writes the trace: what the run did to the process itself.

An engine shares its process with the user's code. A run that changed it, or that goes on in a fork or
in a thread, has done something that its trace does not tell.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # `signal` makes enums, which takes its time
import builtins
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from dagferry_watch.mishaps import record
from dagferry_watch.writes import written

_SIGNALS = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGCHLD")


def watch(trace: str) -> None:
    """From now on, for as long as the process lives."""
    sys.addaudithook(Ending(trace).hook)


class Ending:
    """How the process was when it began."""

    def __init__(self, trace: str) -> None:
        self.trace, self.pid, self.folder = trace, os.getpid(), os.path.realpath(os.getcwd())
        self.builtins = dict(vars(builtins))
        self.signals = dict(_handlers())
        self.files = {number: _identity(number) for number in (1, 2)}

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Compare as soon as the trace is opened."""
        path = written(event, arguments) if event == "open" else None
        if not isinstance(path, (str, os.PathLike)) or os.fspath(path) != self.trace:
            return
        if os.getpid() != self.pid:
            record("the run forked, and the fork went on with the run as well")
            os._exit(70)
        for text in self.changes():
            record(text)

    def changes(self) -> Iterator[str]:
        """What is not as it was."""
        with suppress(FileNotFoundError):  # whoever looks at the folder will say so
            if os.path.realpath(os.getcwd()) != self.folder:
                yield "the run changed the working directory of all tasks"
        for name, value in self.builtins.items():
            if name != "_" and vars(builtins).get(name, self) is not value:
                yield f"the run replaced builtins.{name}"
        for name, handler in _handlers():
            if handler != self.signals[name] and self._is_users(handler):
                yield f"the run installed a handler of {name}"
        for number, before in self.files.items():
            if _identity(number) != before:
                yield f"the run closed or replaced {'stdout' if number == 1 else 'stderr'}"
        for thread in threading.enumerate():
            if thread.ident != threading.get_ident() and self._has_users_frame(thread):
                yield f"the thread {thread.name} still ran when the run was over"

    def _is_users(self, handler: Any) -> bool:
        if not callable(handler):
            return True  # ignored, or the default again
        code = getattr(handler, "__code__", None)
        return code is not None and self._in_folder(code.co_filename)

    def _has_users_frame(self, thread: threading.Thread) -> bool:
        frame = sys._current_frames().get(thread.ident or 0)
        while frame is not None:
            if self._in_folder(frame.f_code.co_filename):
                return True
            frame = frame.f_back
        return False

    def _in_folder(self, file: str) -> bool:
        return os.path.realpath(file).startswith(self.folder + os.sep)


def _handlers() -> Iterator[tuple[str, Any]]:
    for name in _SIGNALS:
        if hasattr(_signal, name):
            yield name, _signal.getsignal(getattr(_signal, name))


def _identity(number: int) -> tuple[int, int] | None:
    try:
        found = os.fstat(number)
    except OSError:
        return None
    return found.st_dev, found.st_ino
