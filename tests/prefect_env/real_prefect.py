"""Runs flow files on real Prefect, all of a test session in one child process.

A first flow costs about twelve seconds, every other one or two; so ask for many at once:

    traces = run_on_prefect([Job(file, "etl", {"count": 3}), Job(other)])

Each answer is a trace in the format of docs/reference/trace.md, as far as the real engine lets it
be known (`after`, `calls` and `callbacks` stay empty), with `name`, `type` and `prints` of the flow
run added to `run`. A job that could not be run raises.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".envs" / "prefect" / "bin" / "python"
PATIENCE = 540  # seconds that one request may take, however many flows it holds


@dataclass(frozen=True)
class Job:
    """One run of one flow; without `flow`, the only one of the file."""

    file: Path
    flow: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    cwd: Path | None = None


def run_on_prefect(jobs: Iterable[Job]) -> list[dict[str, Any]]:
    """One trace per job, in their order."""
    jobs = list(jobs)
    traces = _session().ask(jobs)
    for job, trace in zip(jobs, traces):
        if "problem" in trace:
            raise RuntimeError(f"{job.file.name}:{job.flow or ''}: {trace['problem']}")
    return traces


@functools.cache
def _session() -> _Session:
    if not PYTHON.exists():
        raise AssertionError(f"There is no real Prefect in {PYTHON}: run `make prefect-env`")
    session = _Session()
    atexit.register(session.close)
    return session


class _Session:
    """The child process and the folder that it works in."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="prefect-env-"))
        self.log = (self.home / "log.txt").open("w")
        self.child = subprocess.Popen(
            [str(PYTHON), str(Path(__file__).with_name("inside_prefect.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=self._environment(),
            text=True,
            start_new_session=True,
        )
        self.replies: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        return {
            **inherited,
            "PREFECT_HOME": str(self.home / "prefect"),
            "PREFECT_LOGGING_LEVEL": "ERROR",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
            "DO_NOT_TRACK": "1",
        }

    def _listen(self) -> None:
        for line in self.child.stdout:
            self.replies.put(line)
        self.replies.put("")

    def ask(self, jobs: list[Job]) -> list[dict[str, Any]]:
        out = self.home / "traces.json"
        request = {"jobs": [asdict(job) for job in jobs], "out": out}
        self.child.stdin.write(json.dumps(request, default=str) + "\n")
        self.child.stdin.flush()
        try:
            reply = self.replies.get(timeout=PATIENCE)
        except queue.Empty:
            reply = ""
        if reply != "done\n":
            log = (self.home / "log.txt").read_text()[-3000:]
            raise RuntimeError(f"Real Prefect gave no answer. The end of its log:\n{log}")
        return json.loads(out.read_text())

    def close(self) -> None:
        # Prefect's own server is a grandchild of ours: the whole group has to go.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()
        self.child.stdin.close()
        self.log.close()
        shutil.rmtree(self.home, ignore_errors=True)
