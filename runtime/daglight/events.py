"""What a run tells whoever listens; a sink is any function of one event.

`task_id`: the task it is about, or None for the run; `map_index` -1: it is not mapped, or not yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

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


class Created(NamedTuple):
    """The task instance exists from now on."""

    task_id: str | None
    task: BaseOperator
    map_index: int = -1


class Expanded(NamedTuple):
    """The instance of a mapped task that stood for all gives way to those with a map index."""

    task_id: str | None
    map_index: int = -1


class Named(NamedTuple):
    """`map_index_template` gave the instance a name."""

    task_id: str | None
    name: str
    map_index: int = -1


class Waited(NamedTuple):
    """A sensor's condition did not hold: the simulated seconds until it is asked again."""

    task_id: str | None
    seconds: float
    rescheduled: bool
    map_index: int = -1


class Started(NamedTuple):
    """A try begins, counted from 1; what earlier tries pushed is gone."""

    task_id: str | None
    try_number: int
    map_index: int = -1


class Rendered(NamedTuple):
    """The templated fields after rendering."""

    task_id: str | None
    fields: Mapping[str, Any]
    map_index: int = -1


class Printed(NamedTuple):
    """A line that a body wrote to stdout; `task_id` is None when a callback wrote it."""

    task_id: str | None
    line: str
    map_index: int = -1


class Pushed(NamedTuple):
    """An XCom was stored."""

    task_id: str | None
    key: str
    value: Any
    map_index: int = -1


class Recorded(NamedTuple):
    """A call to the outside that was recorded and not made: class, method, arguments by name.

    `stubbed`: whether the user said what it gives.
    """

    task_id: str | None
    owner: str
    method: str
    arguments: Mapping[str, Any]
    stubbed: bool = False
    map_index: int = -1


class AssetChanged(NamedTuple):
    """A task that succeeded says that it wrote the asset at this address."""

    task_id: str | None
    uri: str
    extra: Mapping[str, Any]
    map_index: int = -1


class Called(NamedTuple):
    """A callback ran; `event` is `on_failure` and the like. `error`: what it raised, if it did."""

    task_id: str | None
    event: str
    name: str
    map_index: int = -1
    error: str | None = None
    prints: tuple[str, ...] = ()


class Noted(NamedTuple):
    """Something about the run that is worth knowing and changes nothing."""

    task_id: str | None
    text: str
    map_index: int = -1


class Ended(NamedTuple):
    """The instance stopped running or never will; `error` is `Type: message`."""

    task_id: str | None
    progress: Progress
    error: str | None
    map_index: int = -1


class RunEnded(NamedTuple):
    """The run is over: `success` or `failed`, with a reason or None."""

    task_id: str | None
    state: str
    reason: str | None
    map_index: int = -1


Event: TypeAlias = (
    "AssetChanged | Called | Created | Ended | Expanded | Named | Noted | Printed | Pushed | "
    "Recorded | Rendered | RunEnded | Started | Waited"
)
Sink: TypeAlias = "Callable[[Event], None]"
