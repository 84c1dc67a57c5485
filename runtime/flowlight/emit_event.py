"""`emit_event`: tells the sinks, and so the history, that something of the user's happened.

https://docs.prefect.io/v3/how-to-guides/automations/emit-custom-events. Nothing listens to events
here: there is no server and there are no automations.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flowlight import world
from flowlight.context import current_body
from flowlight.errors import EventTooLarge
from flowlight.logs import get_logger

if TYPE_CHECKING:
    from flowlight.event_schema import Event

__all__ = ["emit_event"]

_LARGEST = 1_500_000  # bytes of JSON
_CLOSE = timedelta(minutes=5)  # an event follows another one only within this time


def emit_event(
    event: str,
    resource: dict[str, str],
    occurred: datetime | None = None,
    related: Any = None,
    payload: dict[str, Any] | None = None,
    id: UUID | None = None,  # noqa: A002  # the name is Prefect's
    follows: Event | None = None,
    **others: Any,
) -> Event | None:
    """The event. One that is not valid is logged and gives None, as in Prefect.

    Raises `EventTooLarge` for one of more than 1.5 MB as JSON.
    """
    occurred = occurred or world.current().clock()
    fields = {
        "event": event,
        "resource": resource,
        "related": related,
        "payload": payload,
        "id": id,
        "follows": _followed(follows, occurred),
    }
    given = {key: value for key, value in fields.items() if value is not None}
    made = _made({**others, **given, "occurred": occurred})
    if made is not None:
        world.current().emit("event", current_body(), event=made)
    return made


def _made(fields: dict[str, Any]) -> Event | None:
    from flowlight.event_schema import Event

    try:
        event = Event(**fields)
        size = event.size_bytes
    except ValueError:  # pydantic's errors of validation and of serialization are ones
        get_logger("events").exception("Error emitting event: %s", fields.get("event"))
        return None
    if size > _LARGEST:
        raise EventTooLarge(size, _LARGEST)
    return event


def _followed(follows: Event | None, occurred: datetime) -> UUID | None:
    if follows is None or not -_CLOSE < occurred - follows.occurred < _CLOSE:
        return None
    return follows.id
