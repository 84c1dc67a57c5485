"""What tests of serving share: a clock that is set, a launcher that starts nothing, flows in files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from flowlight import shim
from flowlight.deployments.deployment import RunnerDeployment
from flowlight.deployments.entrypoints import load_flow
from flowlight.deployments.serving import Server, Settings
from flowlight.deployments.store import Store, StoredRun

NOON = datetime(2024, 1, 1, 12, tzinfo=timezone.utc)

FLOW = """\
from prefect import flow


@flow
def work(x: int = 1):
    return x
"""


@pytest.fixture(autouse=True)
def prefect_is_flowlight() -> Iterator[None]:
    """For one test, `import prefect` means flowlight; tests of other files find all as it was."""
    path, modules = list(sys.path), set(sys.modules)
    shim.install()
    yield
    sys.path[:] = path
    sys.meta_path[:] = [
        finder for finder in sys.meta_path if type(finder).__module__ != shim.__name__
    ]
    for name in set(sys.modules) - modules:
        if name.split(".")[0] in ("prefect", "work_flow"):
            del sys.modules[name]


@dataclass
class Clock:
    """Shows what it was set to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def go(self, **length: float) -> None:
        self.now += timedelta(**length)


@dataclass
class Started:
    """A run that a test ends."""

    run: StoredRun
    code: int | None = None
    stopped: bool = False

    def poll(self) -> int | None:
        return self.code

    def stop(self) -> None:
        self.stopped = True


@dataclass
class Pad:
    """Starts nothing, and remembers what it should have started."""

    started: list[Started] = field(default_factory=list)

    def __call__(self, _: RunnerDeployment, run: StoredRun, __: Path) -> Started:
        made = Started(run)
        self.started.append(made)
        return made

    @property
    def dates(self) -> list[str]:
        return [each.run.due[11:16] for each in self.started]

    def end_all(self, store: Store, at: datetime) -> None:
        for each in self.started:
            store.finish(each.run.id, "COMPLETED", "Completed", None, at)
            each.code = 0


def write_flow(folder: Path, text: str = FLOW) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "work_flow.py"
    path.write_text(text, encoding="utf-8")
    return path


def deployment(folder: Path, name: str = "d", **options: Any) -> RunnerDeployment:
    """A deployment of the flow in `work_flow.py`, hourly unless told otherwise."""
    if not {"cron", "interval", "rrule", "schedule", "schedules"} & set(options):
        options["cron"] = "0 * * * *"
    flow = load_flow("work_flow.py:work", folder)
    return RunnerDeployment.of_source(flow, name, "work_flow.py:work", str(folder), **options)


def server(store: Store, clock: Clock, pad: Pad, *served: RunnerDeployment, **how: Any) -> Server:
    made = Server(store, served, Settings(clock=clock, launcher=pad, **how))
    made.start()
    return made
