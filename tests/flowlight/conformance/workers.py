"""Child processes that run cases, each of which gets a time of its own.

A case that does not come back is named, with the stacks of its process, and a new process takes
over: one case never stands in the way of the others.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PATIENCE_SECONDS = 150  # for one case; the first of a process also waits for the imports

_OBSERVE = Path(__file__).parent / "observe_flows.py"


@dataclass(frozen=True)
class Command:
    """How a process is started that answers cases: its interpreter, and what it finds around it."""

    start: Sequence[str]
    environment: Mapping[str, str]
    folder: Path


def run_all(
    sources: Mapping[str, str], commands: Sequence[AbstractContextManager[Command]]
) -> dict[str, list[str]]:
    """The lines of each source, by its name, from one process at a time for each command."""
    waiting: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    for item in sources.items():
        waiting.put(item)
    seen: dict[str, list[str]] = {}

    def work(opening: AbstractContextManager[Command]) -> None:
        with opening as command, contextlib.closing(_Post(command)) as post:
            while not waiting.empty():
                with contextlib.suppress(queue.Empty):  # another one was quicker
                    name, source = waiting.get_nowait()
                    seen[name] = post.ask(name, source)

    with ThreadPoolExecutor(len(commands)) as pool:
        for job in [pool.submit(work, opening) for opening in commands]:
            job.result()
    return seen


class _Post:
    """A place for one process, with a new one in it when the last has ended."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.worker: _Worker | None = None

    def ask(self, name: str, source: str) -> list[str]:
        """The lines of a case."""
        if self.worker is None or self.worker.ended:
            self.worker = _Worker(self.command)
        return self.worker.ask(name, source)

    def close(self) -> None:
        """End the process."""
        if self.worker is not None and not self.worker.ended:
            self.worker.close()


class _Worker:
    """One process; it answers one case after the other."""

    def __init__(self, command: Command) -> None:
        self.ended = False
        self.log: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115  # closed with the process
        self.child = subprocess.Popen(
            [*command.start, str(_OBSERVE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=dict(command.environment),
            cwd=command.folder,
            text=True,
            start_new_session=True,
        )
        self.answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        assert self.child.stdout is not None
        for line in self.child.stdout:
            self.answers.put(line)
        self.answers.put("")

    def ask(self, name: str, source: str) -> list[str]:
        """The lines of a case; when there are none, what became of the process."""
        assert self.child.stdin is not None
        try:
            print(json.dumps({"name": name, "source": source}), file=self.child.stdin, flush=True)
            answer = self.answers.get(timeout=PATIENCE_SECONDS)
        except (queue.Empty, BrokenPipeError):
            answer = None
        if answer:
            found = json.loads(answer)
            assert found["name"] == name
            lines: list[str] = found["lines"]
            return lines
        return self._gone("it gave no answer in time" if answer is None else "its process ended")

    def _gone(self, what: str) -> list[str]:
        with contextlib.suppress(ProcessLookupError):
            self.child.send_signal(signal.SIGUSR1)  # faulthandler writes the stacks
        time.sleep(1)
        self.log.seek(0)
        tail = self.log.read()[-8000:]
        self.close()
        return [f"NO ANSWER: {what}; the end of its log:", *tail.splitlines()]

    def close(self) -> None:
        """End the process and what it started."""
        self.ended = True
        assert self.child.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.child.stdin.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()
        self.listener.join()
        assert self.child.stdout is not None
        self.child.stdout.close()
        self.log.close()
