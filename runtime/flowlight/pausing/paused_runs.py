"""The flow runs of this process that are paused now, by id: any thread may resume them."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

from flowlight import core
from flowlight.errors import NotPausedError
from flowlight.named_states import Paused, Running
from flowlight.pausing.run_input import model_of, value_of
from flowlight.runs import FlowRun
from flowlight.world import World

__all__ = ["PausedRun", "begin", "end", "resume"]

_lock = threading.Lock()
_paused: dict[UUID, PausedRun] = {}


class PausedRun:
    """One pause. `wanted` is the type of the input that it waits for, or None."""

    def __init__(self, run: FlowRun, wanted: Any, here: World) -> None:
        self.run = run
        self.resumed = threading.Event()
        self.input: Any = None
        self._model = None if wanted is None else model_of(wanted)
        self._here = here

    def pause(self) -> None:
        """Put the run into its state."""
        core.enter(self.run, Paused(), self._here)

    def resume(self, given: dict[str, Any] | None) -> None:
        """Let the run go on; `RuntimeError` for an input that does not fit."""
        if self._model is not None:
            self.input = value_of(self._model, given or {})
        core.enter(self.run, Running(), self._here)
        self.resumed.set()


def begin(run: FlowRun, wanted: Any, here: World) -> PausedRun:
    """Pause the run."""
    paused = PausedRun(run, wanted, here)
    with _lock:
        if run.id in _paused:
            raise RuntimeError("Flow run cannot be paused: it is paused already.")
        paused.pause()
        _paused[run.id] = paused
    return paused


def end(paused: PausedRun) -> bool:
    """Nobody can resume it any more; whether somebody has."""
    with _lock:
        _paused.pop(paused.run.id, None)
    return paused.resumed.is_set()


def resume(run: UUID, given: dict[str, Any] | None) -> None:
    """Resume a run; `NotPausedError` for one that is not paused in this process."""
    with _lock:
        paused = _paused.get(run)
        if paused is None or paused.resumed.is_set():
            raise NotPausedError("Cannot resume a run that isn't paused!")
        paused.resume(given)
