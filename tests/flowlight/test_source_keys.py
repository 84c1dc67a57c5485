"""A kept result has one key, however the flow that keeps it is started and wherever its task runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_TASKS = """\
from prefect import task
from prefect.cache_policies import INPUTS, TASK_SOURCE


@task(cache_policy=INPUTS + TASK_SOURCE)
def plus_one(x):
    return x + 1


@task(cache_policy=INPUTS + TASK_SOURCE)
def plus_ten(x):
    return x + 10
"""
_FLOW = """

@flow(task_runner={runner})
def main():
    return [plus_one.submit(0).result(), plus_ten.submit(0).result()]


if __name__ == "__main__":
    main()
"""
_IN_THE_FILE = "from prefect import flow\n" + _TASKS
_IMPORTED = "from prefect import flow\nfrom own_tasks import plus_one, plus_ten\n"
_RUNNERS = {
    "threads": "ThreadPoolTaskRunner()",
    "processes": "ProcessPoolTaskRunner(max_workers=1)",
    "dask": "DaskTaskRunner(cluster_kwargs={'n_workers': 1, 'dashboard_address': ':0'})",
}


def _keys(folder: Path, head: str, runner: str, start: list[str]) -> set[str]:
    """The names of the files that a run of the script keeps in a folder of its own."""
    folder.mkdir()
    (folder / "own_tasks.py").write_text(_TASKS, encoding="utf-8")
    imports = "from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner\n"
    if runner == "dask":
        imports += "from prefect_dask import DaskTaskRunner\n"
    text = imports + head + _FLOW.format(runner=_RUNNERS[runner])
    (folder / "script.py").write_text(text, encoding="utf-8")
    home = folder / "home"
    environment = {**os.environ, "PREFECT_HOME": str(home), "FLOWLIGHT_HOME": str(home)}
    command = [sys.executable, "-m", "flowlight", *start, "script.py"]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return {path.name for path in (home / "storage").iterdir()}


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return _keys(tmp_path_factory.mktemp("wanted") / "run", _IN_THE_FILE, "threads", [])


def test_each_task_has_a_key_of_its_own(wanted: set[str]) -> None:
    assert len(wanted) == 2


@pytest.mark.parametrize("runner", _RUNNERS)
@pytest.mark.parametrize("start", [[], ["run"]], ids=["script", "flowlight run"])
@pytest.mark.parametrize("head", [_IN_THE_FILE, _IMPORTED], ids=["in the file", "imported"])
def test_the_keys_are_the_same_everywhere(
    tmp_path: Path, wanted: set[str], head: str, start: list[str], runner: str
) -> None:
    assert _keys(tmp_path / "run", head, runner, start) == wanted
