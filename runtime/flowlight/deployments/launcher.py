"""Starts each run in a process of its own, which ends when the one that serves does.

A process for each run: one that exits, hangs or is out of memory harms no other, files of flows may
share names, and a time limit can end any code. It costs the start of Python and the imports.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from flowlight.deployments.deployment import RunnerDeployment
from flowlight.deployments.store import StoredRun

__all__ = ["ChildProcess", "Handle", "Launcher", "child_process"]


class Handle(Protocol):
    """A run that was started."""

    def poll(self) -> int | None:
        """The exit code; None while it runs."""

    def stop(self) -> None:
        """End it, now."""


class Launcher(Protocol):
    """Starts a run; a worker of another kind would be another launcher."""

    def __call__(self, deployment: RunnerDeployment, run: StoredRun, store: Path, /) -> Handle:
        """Start the run."""


@dataclass(frozen=True)
class ChildProcess:
    """A process of ours; its standard input is held open as long as we live."""

    process: subprocess.Popen[bytes]

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        code = self.process.poll()
        if code is not None and self.process.stdin is not None and not self.process.stdin.closed:
            self.process.stdin.close()
        return code

    def stop(self) -> None:
        """Ask it to end, and insist after ten seconds."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.poll()


def child_process(deployment: RunnerDeployment, run: StoredRun, store: Path) -> ChildProcess:
    """Start the run in a new process."""
    order: dict[str, Any] = {
        "store": str(store.resolve()),
        "run": run.id,
        "entrypoint": deployment.entrypoint,
        "folder": deployment._path,
        "enforce": deployment.enforce_parameter_schema,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "flowlight.deployments.child"],
        stdin=subprocess.PIPE,
        cwd=deployment._path,
        env=_environment(deployment.job_variables.get("env") or {}),
        start_new_session=True,  # Ctrl-C is for the one that serves
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(order).encode() + b"\n")
    process.stdin.flush()
    return ChildProcess(process)


def _environment(added: Mapping[str, Any]) -> dict[str, str]:
    here = str(Path(__file__).parents[2])
    before = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([here, before] if before else [here])
    return {**os.environ, "PYTHONPATH": path, **{key: str(value) for key, value in added.items()}}
