"""Runs a task that another process has sent, and answers how it ended."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flowlight import core, world
from flowlight.blocking import run_coroutine
from flowlight.context import in_flow, tags
from flowlight.drive_sync import drive
from flowlight.inputs import Inputs
from flowlight.remote.parcel import Parcel, unpack
from flowlight.remote.pickled import pickled
from flowlight.remote.reports import Records, Report, Reporter
from flowlight.world import World

__all__ = ["Answer", "execute"]


@dataclass(frozen=True)
class Answer:
    """The fields of the run that has ended, what was not reported yet, and what escaped from it."""

    fields: dict[str, Any]
    reports: list[Report | logging.LogRecord]
    wreck: BaseException | None


def execute(payload: bytes, post: Callable[[Any], None] | None = None) -> bytes:
    """Run it. `post` takes reports at once; without it they come with the answer.

    `TypeError` or `PicklingError` for a result that cannot be sent back.
    """
    parcel = unpack(payload)
    os.environ.update(parcel.environment)
    reporter = Reporter(parcel.run.id, post)
    clock, sleep, spread = parcel.ways
    here = World(clock, sleep, spread, (reporter,))
    wreck: BaseException | None = None
    with world.use(here), _around(parcel), _recorded(parcel, reporter, post):
        try:
            _drive(parcel, here)
        except BaseException as error:  # raised again where the future is waited for
            wreck = error
    fields = {name: value for name, value in vars(parcel.run).items() if name != "task"}
    return pickled(Answer(fields, reporter.held, wreck))


def _drive(parcel: Parcel, here: World) -> None:
    logic = core.task_run(parcel.run, Inputs(parcel.parameters), here)
    if parcel.run.task.isasync:
        from flowlight.drive_async import drive_async

        run_coroutine(drive_async(logic, here))
    else:
        drive(logic, here)


@contextmanager
def _recorded(parcel: Parcel, reporter: Reporter, post: Any) -> Iterator[None]:
    """What this thread logs comes with the answer too, when nobody here takes it at once."""
    if post is not None or os.getpid() == parcel.process:
        yield
        return
    handler, thread = Records(reporter.held.append), threading.get_ident()
    handler.addFilter(lambda record: record.thread == thread)
    logger = logging.getLogger("prefect")
    logger.addHandler(handler)
    if logger.level == logging.NOTSET:
        logger.setLevel(parcel.level)
    try:
        yield
    finally:
        logger.removeHandler(handler)


@contextmanager
def _around(parcel: Parcel) -> Iterator[None]:
    """The tags and the flow run, whose task runner is one of this process."""
    with tags(*parcel.tags):
        if parcel.flow is None:
            yield
            return
        with in_flow(parcel.flow):
            parcel.flow.submissions.open()
            try:
                yield
            finally:
                parcel.flow.submissions.drain()
