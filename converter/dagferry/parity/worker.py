"""An engine in a process that stays: it is imported once, every run is a fork of it."""

from __future__ import annotations

import itertools
import json
import queue
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from dagferry.parity.engines import EngineError
from dagferry.parity.process import (
    GUARD,
    PATIENCE,
    SUPERVISOR,
    Child,
    Ended,
    ended,
    kill_group,
    supervised,
    supervision,
    tail,
    watched,
)
from dagferry.parity.scratch import WORK

RECORDERS = Path(__file__).parents[1] / "recorders"
_START_SECONDS = 180
Answers = queue.SimpleQueue[dict[str, Any]]


class Worker:
    """The process, and the answers that it owes."""

    def __init__(self, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        self._process, self._log = process, log
        self._waiting: dict[str, Answers] = {"": queue.SimpleQueue()}
        self._lock = threading.Lock()
        self._ids = itertools.count()
        self._dead = False
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def close(self) -> None:
        """End the process."""
        kill_group(self._process.pid)
        self._listener.join()

    def run(self, child: Child) -> Ended:
        """Run the arguments of `child` in a fork under a supervisor, which ends what it started."""
        with tempfile.TemporaryDirectory(prefix=WORK) as folder:
            place = Path(folder)
            name, answers = self._ask(child, place)
            try:
                code = _outcome(answers, child.timeout + PATIENCE)
            finally:
                with self._lock:
                    self._waiting.pop(name)
            if code == _GONE:
                return Ended(1, f"the process of the engine ended:\n{tail(self._log)}")
            with (place / _STDERR).open("rb") as said:
                return ended((place / _OUTCOME).read_bytes(), code, tail(said))

    def _ask(self, child: Child, place: Path) -> tuple[str, Answers]:
        name, answers = str(next(self._ids)), Answers()
        for file in (_STDERR, _OUTCOME):
            (place / file).touch()
        request = {
            "supervision": supervision(child),
            "id": name,
            "arguments": list(child.command),
            "folder": str(child.folder),
            "environment": dict(child.environment),
            "stderr": str(place / _STDERR),
            "outcome": str(place / _OUTCOME),
        }
        with self._lock:
            self._waiting[name] = answers
            if self._dead:
                answers.put({"code": _GONE})
            else:
                self._send(request)
        return name, answers

    def _send(self, request: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # the listener is about to tell everyone

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            answer = json.loads(line)
            with self._lock:
                waiting = self._waiting.get(answer.get("id", ""))
            if waiting is not None:
                waiting.put(answer)
        with self._lock:
            self._dead = True
            for waiting in self._waiting.values():
                waiting.put({"code": _GONE})

    def engine(self) -> Mapping[str, str]:
        """Wait until the engine is imported: its name, its version and its Python's."""
        try:
            answer = self._waiting[""].get(timeout=_START_SECONDS)
        except queue.Empty:
            answer = {"code": _GONE}
        if "engine" not in answer:
            lines = [one for one in tail(self._log).splitlines() if one.strip()]
            raise EngineError(lines[-1] if lines else "it said nothing and ended")
        return dict(answer["engine"])


_GONE = -1000
_STDERR, _OUTCOME = "stderr", "outcome"


def _outcome(answers: Answers, timeout: float) -> int | None:
    """The exit code of a supervisor, None when it had to be ended itself."""
    started = answers.get()
    if "pid" not in started:
        return int(started["code"])

    def wait(seconds: float) -> int | None:
        try:
            return int(answers.get(timeout=seconds)["code"])
        except queue.Empty:
            return None

    with supervised(started["pid"], wait):
        return wait(timeout)


@contextmanager
def started_worker(
    python: Sequence[str], recorder: str, home: Path, environment: Mapping[str, str]
) -> Iterator[Worker]:
    """A worker that imports its engine; `python` with its options. Raises `EngineError` without it."""
    command = [*python, str(RECORDERS / "warm.py"), str(RECORDERS / recorder)]
    with tempfile.TemporaryFile() as log:
        try:
            process = subprocess.Popen(
                [*command, str(home), str(GUARD / "sitecustomize.py"), str(SUPERVISOR)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=dict(environment),
                cwd=home,
                start_new_session=True,
            )
        except OSError as error:
            raise EngineError(str(error)) from error
        with process, watched(process.pid):
            worker = Worker(process, log)
            try:
                yield worker
            finally:
                worker.close()
