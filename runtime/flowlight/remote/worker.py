"""What runs in a process of the pool."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID

from flowlight.remote.execute import execute
from flowlight.remote.parcel import unwrapped
from flowlight.remote.pickled import pickled
from flowlight.remote.reports import Records, Report, without_objects

__all__ = ["Told", "prepare", "work"]


@dataclass(frozen=True)
class Told:
    """What a process is told when it starts."""

    connection: Connection
    lock: Any
    level: int
    initializer: bytes


class _Post:
    """The way back. `ident` is the parcel at work; there is one at a time."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self.ident: UUID | None = None

    def __call__(self, item: Any) -> None:
        try:
            data = pickled((self.ident, item))
        except Exception:
            if not isinstance(item, Report):
                raise
            data = pickled((self.ident, without_objects(item)))
        with self._told.lock:
            self._told.connection.send_bytes(data)


_post: _Post | None = None


def prepare(told: Told) -> None:
    """Called once in each process."""
    global _post
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the flow run is told, and ends the pool
    threading.Thread(target=_end_with_parent, name="flowlight-parent", daemon=True).start()
    _post = _Post(told)
    logger = logging.getLogger("prefect")
    logger.setLevel(told.level)
    logger.propagate = False
    logger.addHandler(Records(_post))
    initializer, arguments = unwrapped(told.initializer)
    if initializer is not None:
        initializer(*arguments)


def work(ident: UUID, payload: bytes) -> bytes:
    """Run one parcel; when its answer is there, everything that it reported has been sent."""
    assert _post is not None  # the pool has called `prepare`
    _post.ident = ident
    try:
        return execute(payload, _post)
    finally:
        _post(None)


def _end_with_parent() -> None:
    """A parent that is killed cannot tell its children to end."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
