"""The one way out: what happens to runs is told to sinks, in order; nothing else is ever told.

The log printer, the trace and the tests are sinks. Without sinks an event is not even made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

__all__ = ["Event", "Sink"]


class Event(NamedTuple):
    """Something that happened to a run.

    `kind` is `created` (`direct`), `started` (a try), `state` (`state`), `retry` (`seconds`,
    `error`; of a task: `state`), `ended` (`state`), `taken` (a body waited for the run), `hook`
    (`event`, `fn`), `hooked` (`fn`: it raised nothing), `heard` (`state`: all of its hooks have been
    called), `printed` (`text`, under `log_prints`) or `log` (`level`, `text`; perhaps `message`, the
    text without the `error`). `body` is the run in whose body it happened.
    """

    kind: str
    run: Any
    body: Any
    details: dict[str, Any]


Sink = Callable[[Event], None]
