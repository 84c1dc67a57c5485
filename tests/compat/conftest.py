"""What the tests of airflow_compat share."""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Callable, Iterable
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from dagferry.helper import HELPER, package, parts

sys.path.append(str(Path(__file__).resolve().parents[1] / "prefect_env"))


class FakeVariable:
    """Prefect's variables, in memory."""

    values: ClassVar[dict[str, Any]] = {}

    @classmethod
    def get(cls, name: str, default: Any = None) -> Any:
        return cls.values.get(name, default)

    @classmethod
    def set(cls, name: str, value: Any, overwrite: bool = False) -> None:
        assert overwrite or name not in cls.values
        cls.values[name] = value


def task(fn: Any = None, **_: Any) -> Any:
    return task if fn is None else fn


def fake_prefect() -> dict[str, types.ModuleType]:
    """Just enough of Prefect for the parts of the helper that run no task."""
    flow_run = SimpleNamespace(id="run-1", flow_name="my_flow", scheduled_start_time=None)
    nothing = SimpleNamespace(get=lambda: None)
    contents = {
        "prefect": {
            "task": task,
            **{name: type(name, (), {}) for name in ("Flow", "State", "Task")},
        },
        "prefect.cache_policies": {"NO_CACHE": None},
        "prefect.context": dict.fromkeys(("FlowRunContext", "TaskRunContext"), nothing),
        "prefect.runtime": {"flow_run": flow_run, "task_run": SimpleNamespace(run_count=0)},
        "prefect.states": {"Completed": SimpleNamespace, "State": SimpleNamespace},
        "prefect.variables": {"Variable": FakeVariable},
    }
    modules = {}
    for name, values in contents.items():
        modules[name] = types.ModuleType(name)
        vars(modules[name]).update(values)
    modules["prefect"].allow_failure = lambda future: future
    modules["prefect"].runtime = modules["prefect.runtime"]
    return modules


def write_helper(folder: Path, names: Iterable[str] = ()) -> None:
    """Write the helper into a folder: these parts and what they need, or all."""
    (folder / HELPER).mkdir()
    for path, data in package(names or parts()).items():
        (folder / path).write_bytes(data)


class Helper:
    """The parts of the helper; a name is looked for in all of them, whether flows may use it or not."""

    def __init__(self, modules: dict[str, types.ModuleType]) -> None:
        self.modules = modules

    def __getattr__(self, name: str) -> Any:
        for module in self.modules.values():
            if hasattr(module, name):
                return getattr(module, name)
        raise AttributeError(name)


@pytest.fixture(scope="session")
def helper_over_fake(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Helper, dict[str, types.ModuleType]]:
    """The helper over a Prefect that cannot run anything, and that Prefect."""
    fakes = fake_prefect()
    folder = tmp_path_factory.mktemp("helper")
    write_helper(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        for name, fake in fakes.items():
            patch.setitem(sys.modules, name, fake)
        modules = {name: importlib.import_module(f"{HELPER}.{name}") for name in parts()}
        for name in [HELPER, *(f"{HELPER}.{part}" for part in parts())]:
            del sys.modules[name]
    return Helper(modules), fakes


@pytest.fixture
def compat(helper_over_fake: Any, monkeypatch: pytest.MonkeyPatch) -> Helper:
    """The helper, as it is at the start of a flow run that somebody started."""
    helper, fakes = helper_over_fake
    for name, fake in fakes.items():
        monkeypatch.setitem(sys.modules, name, fake)
    moment = utc("2024-03-01T10:30")
    monkeypatch.setattr(fakes["prefect.runtime"].flow_run, "scheduled_start_time", moment)
    monkeypatch.setattr(FakeVariable, "values", {})
    helper.current_run.set(None)
    return helper


@pytest.fixture
def made_by_schedule(compat: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Lets the flow run be one that a deployment's schedule made for a moment."""

    def make(moment: datetime) -> None:
        flow_run = SimpleNamespace(auto_scheduled=True)
        context = SimpleNamespace(get=lambda: SimpleNamespace(flow_run=flow_run))
        monkeypatch.setattr(compat.modules["run"], "FlowRunContext", context)
        run = sys.modules["prefect.runtime"].flow_run
        monkeypatch.setattr(run, "scheduled_start_time", moment)

    return make


def utc(text: str) -> datetime:
    """`utc("2024-01-31T06:00")`."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
