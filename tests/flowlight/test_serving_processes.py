"""Serving with real processes. Each test waits for what happens, never for a time."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flowlight.deployments.store import Store, StoredRun

ROOT = Path(__file__).parents[2]
_PATIENCE_SECONDS = 60

EVERY_SECOND = "* * * * * *"


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "FLOWLIGHT_HOME": str(home)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def start(tmp_path: Path, home: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `flowlight ARG...`; what is left over is killed at the end."""
    children: list[subprocess.Popen[str]] = []
    log = (tmp_path / "log.txt").open("w")

    def begin(*arguments: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-m", "flowlight", *arguments],
            cwd=tmp_path,
            env=environment(home),
            stdout=log,
            stderr=log,
            text=True,
        )
        children.append(child)
        return child

    yield begin
    for child in children:
        if child.poll() is None:
            child.kill()
        child.wait()
    log.close()


def flowlight(tmp_path: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flowlight", *arguments],
        cwd=tmp_path,
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def wait_for(what: Callable[[], bool], tmp_path: Path) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < end, (tmp_path / "log.txt").read_text()
        time.sleep(0.05)


def runs(home: Path) -> list[StoredRun]:
    path = home / "serve.sqlite"
    return Store(path).runs() if path.exists() else []


def write(tmp_path: Path, body: str) -> str:
    lines = body.replace("\n", "\n    ")
    text = (
        "import os, sys, time, pathlib\nfrom prefect import flow\nhere = pathlib.Path(__file__).parent"
        f"\n\n\n@flow\ndef work(x: int = 1):\n    {lines}\n"
    )
    (tmp_path / "jobs.py").write_text(text)
    return "jobs.py:work"


WAITS = "(here / f'pid-{os.getpid()}').touch()\nwhile True: time.sleep(0.05)"


def child_pids(tmp_path: Path) -> list[int]:
    return [int(path.name[4:]) for path in tmp_path.glob("pid-*")]


def gone(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    return True


def test_a_kill_in_the_middle_leaves_a_crashed_run_that_is_not_repeated(
    tmp_path: Path, home: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    target = write(tmp_path, WAITS)
    child = start("serve", target, "--cron", EVERY_SECOND, "--limit", "1")
    wait_for(lambda: bool(child_pids(tmp_path)), tmp_path)
    child.kill()
    child.wait()
    (pid,) = child_pids(tmp_path)
    wait_for(lambda: gone(pid), tmp_path)  # a run does not outlive the process that serves
    (interrupted,) = [run for run in runs(home) if run.state == "RUNNING"]

    write(tmp_path, "(here / 'again').touch()")
    again = start("serve", target, "--cron", EVERY_SECOND)
    wait_for(lambda: any(run.state == "COMPLETED" for run in runs(home)), tmp_path)
    again.send_signal(signal.SIGINT)
    assert again.wait(_PATIENCE_SECONDS) == 0
    kept = {run.id: run for run in runs(home)}
    assert kept[interrupted.id].state_name == "Crashed"
    assert len({run.due for run in kept.values()}) == len(kept)
    dues = sorted(run.due_at for run in kept.values())
    assert (dues[-1] - dues[0]).total_seconds() == len(dues) - 1  # none is missing


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_serving_cleanly_with_all_that_it_started(
    tmp_path: Path, home: Path, start: Callable[..., subprocess.Popen[str]], number: int
) -> None:
    target = write(tmp_path, WAITS)
    child = start("serve", target, "--cron", EVERY_SECOND, "--limit", "1")
    wait_for(lambda: bool(child_pids(tmp_path)), tmp_path)
    child.send_signal(number)
    assert child.wait(_PATIENCE_SECONDS) == 0
    assert all(gone(pid) for pid in child_pids(tmp_path))
    assert {run.state for run in runs(home)} <= {"CRASHED", "CANCELLED"}
    assert "Traceback" not in (tmp_path / "log.txt").read_text()
    assert list(home.glob("*.lock")) == []


def test_two_processes_on_one_file_run_every_date_once(
    tmp_path: Path, home: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    target = write(tmp_path, "pass")
    both = [start("serve", target, "--cron", EVERY_SECOND) for _ in range(2)]
    wait_for(lambda: sum(r.state == "COMPLETED" for r in runs(home)) >= 3, tmp_path)
    for child in both:
        child.send_signal(signal.SIGINT)
    assert [child.wait(_PATIENCE_SECONDS) for child in both] == [0, 0]
    dues = [run.due for run in runs(home)]
    assert len(set(dues)) == len(dues)


@pytest.mark.parametrize(
    ("body", "state", "message"),
    [
        ("return x", "COMPLETED", None),
        ("raise ValueError('no')", "FAILED", "Flow run encountered an exception: ValueError: no"),
        ("os._exit(3)", "CRASHED", "The run came to no end: its process ended with exit code 3."),
        ("sys.exit(3)", "CRASHED", "Execution was aborted by Python system exit call."),
        ("os.kill(os.getpid(), 9)", "CRASHED", "its process ended with exit code -9."),
    ],
)
def test_a_run_ends_in_the_state_that_its_process_tells(
    tmp_path: Path, home: Path, body: str, state: str, message: str | None
) -> None:
    target = write(tmp_path, body)
    assert flowlight(tmp_path, home, "serve", target, "--once").returncode == 0
    assert flowlight(tmp_path, home, "deployments", "run", "work/work").returncode == 0
    done = flowlight(tmp_path, home, "serve", target, "--once")
    assert done.returncode == 0, done.stderr
    (run,) = runs(home)
    assert run.state == state
    assert (run.message or "").endswith(message or "")


def test_a_run_knows_its_deployment_and_its_date(tmp_path: Path, home: Path) -> None:
    body = (
        "from prefect import runtime\nd, r = runtime.deployment, runtime.flow_run\n"
        "(here / 'seen').write_text('\\n'.join("
        "[d.name, d.id, str(d.version), r.scheduled_start_time.isoformat(), r.id]))"
    )
    target = write(tmp_path, body)
    flowlight(tmp_path, home, "serve", target, "--once", "--name", "mine")
    flowlight(tmp_path, home, "deployments", "run", "work/mine")
    flowlight(tmp_path, home, "serve", target, "--once", "--name", "mine")
    (run,) = runs(home)
    (row,) = Store(home / "serve.sqlite").read("SELECT id FROM deployments")
    name, deployment_id, _, due, run_id = (tmp_path / "seen").read_text().split("\n")
    assert (name, deployment_id, run_id) == ("mine", row["id"], run.id)
    assert datetime.fromisoformat(due) == run.due_at


def test_a_flow_that_ends_in_no_final_state_is_not_run_again(tmp_path: Path, home: Path) -> None:
    target = write(tmp_path, "from prefect.states import Failed\nreturn Failed(message='no')")
    path = tmp_path / "jobs.py"
    path.write_text(path.read_text().replace("@flow", "@flow(retries=1)"))
    flowlight(tmp_path, home, "serve", target, "--once")
    flowlight(tmp_path, home, "deployments", "run", "work/work")
    for _ in range(2):
        assert flowlight(tmp_path, home, "serve", target, "--once").returncode == 0
    (run,) = runs(home)
    assert run.state == "FAILED"


def test_the_prefect_yaml_that_dagferry_writes_is_served(tmp_path: Path, home: Path) -> None:
    shutil.copytree(ROOT / "samples" / "converted", tmp_path / "converted")
    done = flowlight(tmp_path, home, "serve", "converted/prefect.yaml", "--once")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("serving ") == (tmp_path / "converted/prefect.yaml").read_text().count(
        "- name: "
    )
    asked = flowlight(tmp_path, home, "deployments", "run", "copy_tables/copy_tables")
    assert asked.returncode == 0, asked.stderr
    done = flowlight(tmp_path, home, "serve", "converted/prefect.yaml", "--once", "--limit", "1")
    assert [run.state for run in runs(home) if not run.automatic] == ["COMPLETED"], done.stderr
    listed = flowlight(tmp_path, home, "deployments", "ls").stdout
    assert "weekly_report/weekly_report\t20" in listed
    assert "joins/joins\tno dates" in listed


def test_flow_serve_in_a_script_is_ended_by_ctrl_c(
    tmp_path: Path, home: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    write(tmp_path, "(here / 'ran').touch()")
    with (tmp_path / "jobs.py").open("a") as out:
        out.write(
            "\n\nif __name__ == '__main__':\n"
            f"    work.serve(name='mine', cron='{EVERY_SECOND}', parameters={{'x': 2}})\n"
        )
    child = start("jobs.py")
    wait_for(lambda: any(run.state == "COMPLETED" for run in runs(home)), tmp_path)
    child.send_signal(signal.SIGINT)
    assert child.wait(_PATIENCE_SECONDS) == 0
    assert {(run.deployment, run.parameters) for run in runs(home)} == {("work/mine", '{"x": 2}')}
    assert (tmp_path / "ran").exists()


def test_pausing_and_resuming_from_outside(tmp_path: Path, home: Path) -> None:
    target = write(tmp_path, "pass")
    flowlight(tmp_path, home, "serve", target, "--once", "--cron", "0 0 1 1 *")
    assert flowlight(tmp_path, home, "deployments", "pause", "work/work").returncode == 0
    assert flowlight(tmp_path, home, "deployments", "ls").stdout == "work/work\tpaused\n"
    assert flowlight(tmp_path, home, "deployments", "resume", "work/work").returncode == 0
    assert "-01-01T00:00:00+00:00" in flowlight(tmp_path, home, "deployments", "ls").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["serve", "jobs.py:nope"], "there is no flow 'nope'"),
        (["serve", "jobs.py:work", "--cron", "x"], 'Invalid cron string: "x"'),
        (["serve", "jobs.py:work", "--cron", "0 0 * * *", "--interval", "3"], "Only one of"),
        (["serve", "jobs.py:work", "-p", "y=1"], "has no parameter 'y'; it has: x"),
        (["serve", "missing.yaml"], "missing.yaml: cannot be read"),
        (["serve", "jobs.py:work", "name"], "go with a prefect.yaml"),
        (["deployments", "run", "no/such"], "there is no deployment 'no/such'"),
        (["deployments", "pause", "no/such"], "there is no deployment 'no/such'"),
    ],
)
def test_mistakes_are_told_without_a_traceback(
    tmp_path: Path, home: Path, arguments: list[str], message: str
) -> None:
    write(tmp_path, "pass")
    done = flowlight(tmp_path, home, *arguments, *(["--once"] if arguments[0] == "serve" else []))
    assert done.returncode == 2, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
