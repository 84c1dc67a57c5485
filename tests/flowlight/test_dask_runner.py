from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster
from flowlight import allow_failure, flow, get_run_logger, task
from flowlight.dask_runner import DaskTaskRunner
from flowlight.trace.record import Recorder
from flowlight.world import World, use

_QUIET = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": ":0"}


@pytest.fixture
def cluster() -> Iterator[Any]:
    with LocalCluster(**_QUIET) as made:
        yield made


def test_tasks_run_on_a_cluster_that_the_runner_makes() -> None:
    @task
    def double(x: int) -> int:
        return 2 * x

    @task
    def fails() -> None:
        raise ValueError("no")

    @flow(task_runner=DaskTaskRunner(cluster_kwargs=_QUIET))
    def main() -> Any:
        failed = fails.submit()
        seen = double.submit(double.submit(3)).result()
        blocked = double.submit(1, wait_for=[failed])
        blocked.wait()
        kind = task(lambda error: type(error).__name__).submit(allow_failure(failed)).result()
        return double.map([1, 2]).result(), seen, failed.state.name, blocked.state.name, kind

    before = threading.active_count()
    assert main() == ([2, 4], 12, "Failed", "NotReady", "ValueError")
    assert threading.active_count() <= before + 1  # distributed keeps one for later


def test_a_cluster_that_is_there_is_used_and_left_running(cluster: Any) -> None:
    @task
    def one() -> int:
        return 1

    def run(**options: Any) -> int:
        @flow(task_runner=DaskTaskRunner(**options))
        def main() -> int:
            return int(one.submit().result())

        return int(main())

    assert run(address=cluster.scheduler_address) == 1
    assert run(cluster=cluster) == 1
    assert run(address=cluster.scheduler_address, client_kwargs={"timeout": 60}) == 1


def test_a_cluster_class_by_its_name_makes_the_cluster() -> None:
    runner = DaskTaskRunner(cluster_class="distributed.LocalCluster", cluster_kwargs=_QUIET)
    with runner:
        assert runner.submit(task(lambda x: x + 1), {"x": 1}).result() == 2


def test_what_happens_in_another_process_is_told_here(caplog: pytest.LogCaptureFixture) -> None:
    @task(name="there", log_prints=True, retries=1)
    def there() -> int:
        get_run_logger().info("pid %s", os.getpid())
        return int(inner())

    @task(name="inner")
    def inner() -> int:
        return 1

    options = {**_QUIET, "processes": True, "threads_per_worker": 1}

    @flow(task_runner=DaskTaskRunner(cluster_kwargs=options))
    def main() -> int:
        return int(there.submit().result())

    recorder = Recorder()
    with caplog.at_level(logging.INFO, "prefect"), use(World(sinks=(recorder,))):
        assert main() == 1
    [record] = [r for r in caplog.records if r.name == "prefect.task_runs"]
    assert record.getMessage() != f"pid {os.getpid()}"
    assert [(e.run.task.name, e.result) for e in recorder.entries] == [
        ("there", {"value": 1}),
        ("inner", {"value": 1}),
    ]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"address": "tcp://a:1", "cluster": object()}, "found both"),
        ({"address": "tcp://a:1", "cluster_class": "a.B"}, "expected no cluster_class"),
        ({"cluster_kwargs": {"asynchronous": True}}, "cannot set `asynchronous`"),
        ({"client_kwargs": {"asynchronous": True}}, "cannot set `asynchronous`"),
    ],
)
def test_options_that_contradict_each_other_are_an_error(
    options: dict[str, Any], text: str
) -> None:
    with pytest.raises(ValueError, match=text):
        DaskTaskRunner(**options)


def test_without_dask_the_way_to_get_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ImportError, match=r"pip install 'dagferry\[dask\]'"):
        DaskTaskRunner().__enter__()


def test_prefect_dask_is_flowlight_in_a_script(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from prefect import flow, task\n"
        "from prefect_dask import DaskTaskRunner\n"
        "@task\n"
        "def one(): return 1\n"
        f"@flow(task_runner=DaskTaskRunner(cluster_kwargs={_QUIET}))\n"
        "def main(): print(one.submit().result())\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "flowlight", str(script)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "FLOWLIGHT_HOME": str(tmp_path)},
    )
    assert done.stdout == "1\n"
