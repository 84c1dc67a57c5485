"""What a run tells whoever listens; a sink is any function of one event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daglight.operator import BaseOperator
    from daglight.states import Progress

__all__ = [
    "AssetChanged",
    "Called",
    "Created",
    "Ended",
    "Event",
    "Expanded",
    "Named",
    "Noted",
    "Printed",
    "Pushed",
    "Recorded",
    "Rendered",
    "RunEnded",
    "Sink",
    "Started",
    "Waited",
]


@dataclass(frozen=True)
class Event:
    """The base: the task it is about, or None for the run; -1: it is not mapped, or not yet."""

    task_id: str | None
    map_index: int = field(default=-1, kw_only=True)


@dataclass(frozen=True)
class Created(Event):
    """The task instance exists from now on."""

    task: BaseOperator


@dataclass(frozen=True)
class Expanded(Event):
    """The instance of a mapped task that stood for all gives way to those with a map index."""


@dataclass(frozen=True)
class Named(Event):
    """`map_index_template` gave the instance a name."""

    name: str


@dataclass(frozen=True)
class Waited(Event):
    """A sensor's condition did not hold: the simulated seconds until it is asked again."""

    seconds: float
    rescheduled: bool


@dataclass(frozen=True)
class Started(Event):
    """A try begins, counted from 1; what earlier tries pushed is gone."""

    try_number: int


@dataclass(frozen=True)
class Rendered(Event):
    """The templated fields after rendering."""

    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Printed(Event):
    """A line that a body wrote to stdout; `task_id` is None when a callback wrote it."""

    line: str


@dataclass(frozen=True)
class Pushed(Event):
    """An XCom was stored."""

    key: str
    value: Any


@dataclass(frozen=True)
class Recorded(Event):
    """A call to the outside that was recorded and not made: class, method, arguments by name.

    `stubbed`: whether the user said what it gives.
    """

    owner: str
    method: str
    arguments: Mapping[str, Any]
    stubbed: bool = False


@dataclass(frozen=True)
class AssetChanged(Event):
    """A task that succeeded says that it wrote the asset at this address."""

    uri: str
    extra: Mapping[str, Any]


@dataclass(frozen=True)
class Called(Event):
    """A callback ran; `event` is `on_failure` and the like."""

    event: str
    name: str


@dataclass(frozen=True)
class Noted(Event):
    """Something about the run that is worth knowing and changes nothing."""

    text: str


@dataclass(frozen=True)
class Ended(Event):
    """The instance stopped running or never will; `error` is `Type: message`."""

    progress: Progress
    error: str | None


@dataclass(frozen=True)
class RunEnded(Event):
    """The run is over: `success` or `failed`, with a reason or None."""

    state: str
    reason: str | None


Sink = Callable[[Event], None]
