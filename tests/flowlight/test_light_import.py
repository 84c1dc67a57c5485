from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from uuid import RFC_4122

import flowlight
import pytest
from flowlight import Task, flow, task
from flowlight.context import TaskRunContext
from flowlight.errors import NotSupported
from flowlight.runs import TaskRun

LATER = {
    "ast",
    "asyncio",
    "concurrent.futures",
    "dataclasses",
    "inspect",
    "json",
    "logging",
    "pathlib",
    "pydantic",
    "queue",
    "random",
    "signal",
    "sqlite3",
}
DECORATED = """\
import sys
from flowlight import flow, task
@task
def one(x): return x
@flow
def main(): return one(1)
print(*sys.modules)
"""


def test_what_only_a_run_needs_is_not_imported_before_one() -> None:
    command = [sys.executable, "-c", DECORATED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert "flowlight.tasks" in modules
    assert modules & LATER == set()


@task
def kept() -> None:
    """A task without options."""


def test_a_run_has_a_random_id_of_version_4_and_its_name_ends_in_the_first_digits_of_it() -> None:
    runs: list[TaskRun] = []

    @task
    def seen() -> None:
        found = TaskRunContext.get()
        assert found is not None
        runs.append(found.task_run)

    @flow
    def main() -> None:
        for _ in range(50):
            seen()

    main()
    assert len({run.id for run in runs}) == 50
    assert {(run.id.version, run.id.variant) for run in runs} == {(4, RFC_4122)}
    assert [run.name for run in runs] == [f"seen-{run.id.hex[:3]}" for run in runs]


def test_a_method_that_flowlight_has_not_is_refused_by_name_and_is_in_no_list() -> None:
    with pytest.raises(NotSupported, match=r"flowlight has no Task\.delay"):
        _ = kept.delay
    assert "delay" not in dir(kept)
    assert "delay" not in dict(inspect.getmembers(kept))
    assert not callable(dict(inspect.getmembers(Task))["delay"])


EACH_FIRST = """\
import importlib, os, sys
failed = []
for name in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(name)
        except BaseException as error:
            print(name, repr(error), flush=True)
            os._exit(1)
        os._exit(0)
    failed += [name] if os.waitpid(child, 0)[1] else []
sys.exit(bool(failed))
"""


def test_every_module_may_be_the_first_that_is_imported() -> None:
    root = Path(inspect.getfile(flowlight)).parent
    paths = [path.relative_to(root.parent).with_suffix("") for path in root.rglob("*.py")]
    names = sorted(".".join(path.parts).removesuffix(".__init__") for path in paths)
    assert len(names) > 200
    command = [sys.executable, "-c", EACH_FIRST, *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
