"""A process that imports an engine once and answers every request in a fork of itself.

    python warm.py RECORDER.py HOME GUARD.py SUPERVISOR.py

RECORDER has `prepare(home)`, which imports the engine and says what it is, and `main(arguments)`,
which answers one request. Requests are lines of JSON on stdin: `{"id", "arguments", "folder",
"environment", "supervision", "stderr", "outcome"}`, the latter two names of files; answers are lines
on stdout: first what `prepare` said, then `{"id", "pid"}` when a request is started and `{"id",
"code"}` when it has ended. The fork is the supervisor of another one: SUPERVISOR.py says what it does
and what stands in `supervision` and in the file of the outcome.

Standard library only, Python 3.8 and later.
"""

from __future__ import annotations

import importlib.util
import json
import os
import selectors
import signal
import sys
import tempfile
import traceback
from os import _exit  # what a run puts in its place shall not keep a fork alive
from typing import Any


def main() -> None:
    """Prepare, then serve until stdin ends."""
    recorder, home, guard, supervisor = sys.argv[1:5]
    before = dict(os.environ)
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [one for one in sys.path if os.path.abspath(one or ".") != here]
    answers = os.dup(1)
    os.dup2(2, 1)
    module = _module("dagferry_recorder", recorder)
    _tell(answers, {"engine": module.prepare(home)})
    settings = {key: text for key, text in os.environ.items() if before.get(key) != text}
    work = Work(module, guard, _module("dagferry_supervisor", supervisor))
    Server(work, answers, settings).serve()


def _module(name: str, path: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _tell(answers: int, answer: dict[str, Any]) -> None:
    os.write(answers, (json.dumps(answer) + "\n").encode())


class Work:
    """What a fork does, in which modules."""

    def __init__(self, recorder: Any, guard: str, supervisor: Any) -> None:
        self.recorder, self.guard, self.supervisor = recorder, guard, supervisor

    def supervise(self, request: dict[str, Any]) -> None:
        """In a fork: run the request in a fork of this one and outlive it; never returns."""
        code = 2
        try:
            signal.set_wakeup_fd(-1)
            os.setsid()
            _redirect(request)
            written = os.open(request["outcome"], os.O_WRONLY)
            options = {**request["supervision"], "outcome": written}
            self.supervisor.supervise(options, lambda: self.answer(request), "the recorder")
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            _exit(code)

    def answer(self, request: dict[str, Any]) -> None:
        """Become a process that was started for this request alone; never returns."""
        code = 2
        try:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGPIPE, signal.SIGXFSZ):  # as Python itself starts
                signal.signal(number, signal.SIG_IGN)
            _texts()
            _surroundings(request)
            _module("dagferry_guard", self.guard).activate()
            code = self.recorder.main(request["arguments"])
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 2
            _say(error.code)
        except BaseException as error:
            traceback.print_exc()
            _say(f"{type(error).__name__}: {error}")
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            _exit(code)


class Server:
    """One thread, for a fork of a process with threads may hang."""

    def __init__(self, work: Work, answers: int, settings: dict[str, str]) -> None:
        self._work, self._answers, self._settings = work, answers, settings
        self._running: dict[int, str] = {}

    def serve(self) -> None:
        """Start what is asked for and tell what has ended."""
        woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        selector = selectors.DefaultSelector()
        selector.register(0, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        rest = b""
        while True:
            ready = [key.fd for key, _ in selector.select()]
            if woken in ready:
                os.read(woken, 4096)
                self._reap()
            if 0 in ready:
                piece = os.read(0, 65536)
                if not piece:
                    return
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    self._start(json.loads(line))

    def _start(self, request: dict[str, Any]) -> None:
        pid = os.fork()
        if pid == 0:
            os.close(self._answers)  # or it would seem to live as long as the child does
            request["environment"].update(self._settings)
            self._work.supervise(request)
        self._running[pid] = request["id"]
        _tell(self._answers, {"id": request["id"], "pid": pid})

    def _reap(self) -> None:
        while self._running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
            _tell(self._answers, {"id": self._running.pop(pid), "code": code})


def _say(last: Any) -> None:
    if last is not None and not isinstance(last, int):
        sys.stderr.write(" ".join(str(last).split()) + "\n")


def _redirect(request: dict[str, Any]) -> None:
    """Nothing to read, and what is said goes to the file of the request."""
    opened = os.open(request["stderr"], os.O_WRONLY)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number, target in ((0, nothing), (1, nothing), (2, opened)):
        os.dup2(target, number)
    os.close(opened)
    os.close(nothing)


def _texts() -> None:
    sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, _text(1), _text(2)
    sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr  # type: ignore[misc]


def _text(number: int) -> Any:
    return open(
        number, "w", encoding="utf-8", errors="replace", buffering=1, closefd=False
    )  # open as long as the process


def _surroundings(request: dict[str, Any]) -> None:
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    tempfile.tempdir = None
    path: list[str] = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:0] = [one for one in path if one and one not in sys.path]


if __name__ == "__main__":
    main()
