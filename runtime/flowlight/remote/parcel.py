"""What is sent to the process that runs a task: the run, its arguments, and what is around it."""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import dataclass
from typing import Any

from flowlight.context import FlowRunContext, current_tags
from flowlight.remote.around import sendable
from flowlight.remote.pickled import pickled
from flowlight.runs import TaskRun
from flowlight.world import World

__all__ = ["Parcel", "pack", "unpack", "unwrapped", "wrapped"]


@dataclass(frozen=True)
class Parcel:
    """One task run, to be sent.

    `ways` are the clock, the sleep and the chance of its world, `process` is where it was packed,
    `level` what is logged there.
    """

    run: TaskRun
    parameters: dict[str, Any]
    flow: FlowRunContext | None
    tags: frozenset[str]
    environment: dict[str, str]
    ways: tuple[Any, Any, Any]
    process: int
    level: int


def pack(run: TaskRun, parameters: dict[str, Any], here: World) -> bytes:
    """The parcel as bytes; `TypeError` or `PicklingError` for what cannot be sent."""
    ways = (here.clock, here.sleep, here.spread)
    around = FlowRunContext.get()
    level = logging.getLogger("prefect").getEffectiveLevel()
    context = sendable(around) if around else None
    parcel = Parcel(
        run, parameters, context, current_tags(), dict(os.environ), ways, os.getpid(), level
    )
    return wrapped(parcel)


def unpack(payload: bytes) -> Parcel:
    """The parcel."""
    parcel: Parcel = unwrapped(payload)
    return parcel


def wrapped(value: Any) -> bytes:
    """A value as bytes that say whether `prefect` is flowlight here: its modules may import it."""
    return pickled((_shimmed(), pickled(value)))


def unwrapped(data: bytes) -> Any:
    """The value; `prefect` is flowlight from now on if it was where the bytes come from."""
    import pickle

    shimmed, inner = pickle.loads(data)  # noqa: S301  # it comes from the process that started us
    if shimmed:
        from flowlight import shim

        shim.install()
    return pickle.loads(inner)  # noqa: S301


def _shimmed() -> bool:
    prefect = sys.modules.get("prefect")
    return prefect is not None and type(prefect).__module__ == "flowlight.shim"
