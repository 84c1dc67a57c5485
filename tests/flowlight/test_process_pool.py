from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from flowlight import flow, get_run_logger, task
from flowlight.errors import NotSupported
from flowlight.events import Event
from flowlight.process_pool import ProcessPoolTaskRunner
from flowlight.trace.record import Recorder
from flowlight.world import World, use

POOL = ProcessPoolTaskRunner(max_workers=1)


def _run(body: Callable[..., Any], **options: Any) -> tuple[Any, Any]:
    """The state of a run of it, and what its future raised."""
    with ProcessPoolTaskRunner(max_workers=1) as runner:
        future = runner.submit(task(**options)(body), {})
        try:
            future.result()
        except BaseException as error:
            return future.state, error
    return future.state, None


def test_a_task_that_ends_its_process_has_crashed() -> None:
    state, error = _run(lambda: os._exit(3), name="leave")
    assert state.is_crashed()
    assert isinstance(error, BrokenProcessPool)
    assert "process" in state.message


def test_sys_exit_in_a_process_crashes_the_run_and_is_raised_where_it_is_waited_for() -> None:
    state, error = _run(lambda: sys.exit(3), name="leave")
    assert isinstance(error, SystemExit)
    assert state.is_crashed()
    assert state.message == "Execution was aborted by Python system exit call."


def test_a_result_that_cannot_be_pickled_crashes_the_run_and_says_so() -> None:
    state, error = _run(lambda: threading.Lock(), name="lock")
    assert isinstance(error, TypeError)
    assert state.is_crashed()
    assert "pickle" in state.message


def test_a_task_that_waits_for_ever_past_its_time_limit_is_ended_in_its_process() -> None:
    def stuck() -> None:
        lock = threading.Lock()
        lock.acquire()
        lock.acquire()

    state, error = _run(stuck, timeout_seconds=0.5)
    assert state.name == "TimedOut"
    assert isinstance(error, TimeoutError)


def test_events_and_log_records_of_another_process_arrive_before_the_end_of_the_run(
    caplog: pytest.LogCaptureFixture,
) -> None:
    kinds: list[str] = []

    def sink(event: Event) -> None:
        kinds.append(f"{event.kind} {event.run.name.split('-')[0]}")

    @task(name="inner")
    def inner() -> int:
        return 1

    @task(name="outer", log_prints=True, retries=1)
    def outer() -> int:
        print("printed there")  # noqa: T201  # what log_prints is for
        get_run_logger().warning("logged %s", "there")
        return int(inner())

    @flow(name="main", flow_run_name="main", task_runner=POOL)
    def main() -> int:
        return int(outer.submit().result())

    with caplog.at_level(logging.INFO, "prefect"), use(World(sinks=(sink,))):
        assert main() == 1
    assert kinds.index("printed outer") < kinds.index("created inner")
    assert kinds.index("ended inner") < kinds.index("ended outer") < kinds.index("ended main")
    assert [r.getMessage() for r in caplog.records] == ["printed there", "logged there"]


def test_the_trace_of_tasks_in_processes_has_their_results() -> None:
    @task(name="double")
    def double(x: int) -> int:
        return 2 * x

    @flow(task_runner=ProcessPoolTaskRunner(max_workers=2))
    def main() -> list[int]:
        return list(double.map([1, 2]).result())

    recorder = Recorder()
    with use(World(sinks=(recorder,))):
        main()
    found = [(e.parameters, e.result, e.run.map_index) for e in recorder.entries]
    assert found == [({"x": 1}, {"value": 2}, 0), ({"x": 2}, {"value": 4}, 1)]


def test_the_sleep_of_the_world_is_that_of_the_other_process() -> None:
    @task(retries=1, retry_delay_seconds=3600)
    def fails() -> None:
        raise ValueError("no")

    @flow(task_runner=POOL)
    def main() -> Any:
        return fails.submit().result(raise_on_failure=False)

    with use(World(sleep=lambda _: None)):
        assert str(main()) == "no"


def test_no_process_and_no_thread_outlives_the_run() -> None:
    @task
    def where() -> int:
        return os.getpid()

    @flow(task_runner=ProcessPoolTaskRunner(max_workers=2))
    def main() -> list[int]:
        return [future.result() for future in [where.submit(), where.submit()]]

    before = threading.active_count()
    pids = main()
    assert threading.active_count() == before
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_processes_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import os, time\n"
        "from prefect import flow, task\n"
        "from prefect.task_runners import ProcessPoolTaskRunner\n"
        "@task\n"
        "def work():\n"
        "    print(os.getpid(), flush=True)\n"
        "    time.sleep(600)\n"
        "@flow(task_runner=ProcessPoolTaskRunner(max_workers=1))\n"
        "def main():\n"
        "    work.submit().result()\n"
        "main()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-m", "flowlight", str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "FLOWLIGHT_HOME": str(tmp_path)},
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert parent.stdout.read() == ""  # the pipe is at its end when its last writer is gone
    parent.stdout.close()
    end = time.monotonic() + 60
    while _is_alive(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _is_alive(child)


def _is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_a_script_without_a_main_guard_may_use_processes(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from prefect import flow, task\n"
        "from prefect.task_runners import ProcessPoolTaskRunner\n"
        "class Pair:\n"
        "    def __init__(self, one): self.one = one\n"
        "@task\n"
        "def pair(x): return Pair(x)\n"
        "@flow(task_runner=ProcessPoolTaskRunner(max_workers=1))\n"
        "def main():\n"
        "    made = pair.submit(3).result()\n"
        "    print('made', made.one, isinstance(made, Pair))\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "flowlight", str(script)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "FLOWLIGHT_HOME": str(tmp_path)},
    )
    assert done.stdout == "made 3 True\n"


def test_what_is_not_honoured_of_process_pools_is_an_error() -> None:
    with pytest.raises(NotSupported, match="subprocess_message_processor_factories"):
        ProcessPoolTaskRunner(subprocess_message_processor_factories=[lambda: None])
    runner = ProcessPoolTaskRunner(subprocess_message_processor_factories=[])
    with pytest.raises(NotSupported, match="subprocess_message_processor_factories"):
        runner.subprocess_message_processor_factories = (lambda: None,)
    with pytest.raises(NotSupported, match="subprocess_message_processor_factories"):
        runner.set_subprocess_message_processor_factories([lambda: None])
