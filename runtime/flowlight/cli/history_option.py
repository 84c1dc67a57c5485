"""Whether runs are recorded: what the command line says, else `FLOWLIGHT_HISTORY`, else a default."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from flowlight.events import Sink
from flowlight.loading import UserError

__all__ = ["is_wanted", "recorded"]

_ANSWERS = {"1": True, "true": True, "yes": True, "on": True}
_ANSWERS |= {"0": False, "false": False, "no": False, "off": False}


def is_wanted(said: bool | None, default: bool) -> bool:
    """The answer; `UserError` for a `FLOWLIGHT_HISTORY` that is neither yes nor no."""
    if said is not None:
        return said
    text = os.environ.get("FLOWLIGHT_HISTORY", "")
    if not text:
        return default
    if text.lower() not in _ANSWERS:
        raise UserError(f"FLOWLIGHT_HISTORY: expected 1 or 0, found {text!r}")
    return _ANSWERS[text.lower()]


@contextmanager
def recorded(wanted: bool) -> Iterator[tuple[Sink, ...]]:
    """The sinks that record runs: one, or none."""
    if not wanted:
        yield ()
        return
    from flowlight.history.sink import recording

    with recording() as history:
        yield (history,)
