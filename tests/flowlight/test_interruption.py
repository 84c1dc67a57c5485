from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_FLOW = """\
import os, signal, threading, time
from prefect import flow, task
from prefect.task_runners import ThreadPoolTaskRunner

started, release = threading.Event(), threading.Event()

@task
def first():
    started.set()
    release.wait(60)

@task
def second():
    print("second ran")

@flow(task_runner=ThreadPoolTaskRunner(max_workers=1),
      on_crashed=[lambda f, r, s: print("hook", s.name)])
def main():
    first.submit()
    second.submit().add_done_callback(lambda future: release.set())
    started.wait(60)
    os.kill(os.getpid(), signal.SIGNAL)
    while True:
        time.sleep(0.01)
"""


def _run(tmp_path: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = tmp_path / "script.py"
    tail = "\nmain()\n" if not arguments else ""
    handler = "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    script.write_text(_FLOW.replace("SIGNAL", name) + handler + tail)
    return subprocess.run(
        [sys.executable, "-m", "flowlight", *arguments, str(script)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "FLOWLIGHT_HOME": str(tmp_path)},
    )


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("SIGTERM", 143, "Execution was aborted by a termination signal."),
        ("SIGINT", 130, "Execution was aborted by an interrupt signal."),
    ],
)
def test_a_signal_ends_a_run_with_its_hooks_its_state_and_its_history(
    tmp_path: Path, name: str, code: int, message: str
) -> None:
    done = _run(tmp_path, name, "run")
    assert done.returncode == code
    assert done.stdout == f"hook Crashed\nmain: Crashed: {message}\n"
    assert "Traceback" not in done.stderr
    runs = subprocess.run(
        [sys.executable, "-m", "flowlight", "runs"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "FLOWLIGHT_HOME": str(tmp_path)},
    )
    assert "Crashed" in runs.stdout


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
def test_a_signal_ends_a_script_without_a_traceback(tmp_path: Path, name: str, code: int) -> None:
    done = _run(tmp_path, name)
    assert (done.returncode, done.stdout) == (code, "hook Crashed\n")
    assert "Traceback" not in done.stderr


def test_without_the_command_the_handler_from_before_ends_the_process(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    source = _FLOW.replace("SIGNAL", "SIGTERM").replace("prefect", "flowlight")
    script.write_text(source + "\nmain()\n")
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == -signal.SIGTERM
