"""A trace as a value: what one run left behind, read from the JSON that every engine writes.

The document is described in `docs/reference/trace.md`; what does not keep to it is refused here,
because a comparison of misread traces proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from dagferry.parity.fields import Fields, TraceError

Json = Any  # what `json.loads` gives

VERSION = 1
SIDES = ("airflow", "prefect")
RUN_STATES = ("success", "failed", "incomplete", "not-run")
OUTCOMES = ("success", "failed", "skipped", "upstream_failed", "removed", "none")


@dataclass(frozen=True)
class Returned:
    """What a body returned; a body that did not return has none of these, not even null."""

    value: Json


@dataclass(frozen=True)
class Callback:
    """One callback that ran; `prints` None where the engine does not say, nor what it raised."""

    scope: str
    task_id: str | None
    map_index: int
    event: str
    name: str
    error: str | None = None
    prints: tuple[str, ...] | None = None


@dataclass(frozen=True)
class TaskTrace:
    """One task instance (Airflow) or one task run (Prefect); `position` is its place in `tasks`.

    `upstream_ids` is Airflow's, `upstream` and `after` are positions and Prefect's. `stubbed`: for each
    call whether a stub of the user answered it. `errors` is None where the engine does not list them.
    """

    position: int
    task_id: str
    map_index: int
    outcome: str
    state: str
    tries: int
    delays: tuple[float, ...]
    xcoms: Mapping[str, Json]
    result: Returned | None
    rendered: Mapping[str, Json]
    parameters: Mapping[str, Json]
    upstream_ids: tuple[str, ...]
    upstream: tuple[int, ...]
    after: tuple[int, ...]
    prints: tuple[str, ...]
    calls: tuple[Json, ...]
    stubbed: tuple[bool, ...]
    started: int | None
    ended: int | None
    error: str | None
    options: Mapping[str, Json]
    possible: Mapping[str, Json] = field(default_factory=dict)
    errors: tuple[str, ...] | None = None
    unlogged: bool = False

    @classmethod
    def from_json(cls, data: Json, position: int, side: str) -> TaskTrace:
        """Read one entry of `tasks`; raises `TraceError` with the place of what is wrong."""
        read = Fields.of(data, f"tasks[{position}]")
        upstream = read.items("upstream", str if side == "airflow" else int)
        return cls(
            position=position,
            task_id=read.text("task_id"),
            map_index=read.integer("map_index"),
            outcome=read.choice("outcome", OUTCOMES),
            state=read.text("state"),
            tries=read.integer("tries"),
            delays=tuple(float(one) for one in read.items("delays", int, float)),
            xcoms=read.mapping("xcoms"),
            result=_returned(read.optional("result", dict), read.place),
            rendered=read.mapping("rendered"),
            parameters=read.mapping("parameters"),
            upstream_ids=upstream if side == "airflow" else (),
            upstream=() if side == "airflow" else _earlier(upstream, position, read.place),
            after=_earlier(read.items("after", int), position, read.place),
            prints=read.items("prints", str),
            calls=(calls := read.items("calls")),
            stubbed=_stubbed(data, len(calls), read.place),
            started=read.optional("started", int),
            ended=read.optional("ended", int),
            error=read.optional("error", str),
            options=read.mapping("options"),
            possible=read.optional("possible", dict) or {},
            errors=None if (errors := read.optional("errors", list)) is None else tuple(errors),
            unlogged=read.data.get("unlogged") is True,
        )


@dataclass(frozen=True)
class Trace:
    """One run; `start_date` (ISO text) only where the engine says it, likewise `schedule`."""

    side: str
    engine: Mapping[str, Json]
    path: str
    name: str
    logical_date: str | None
    run_state: str
    reason: str | None
    tasks: tuple[TaskTrace, ...]
    callbacks: tuple[Callback, ...]
    start_date: str | None = None
    schedule: Mapping[str, Json] | None = None
    asked_for: Mapping[str, Json] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Json) -> Trace:
        """Read a whole trace; raises `TraceError` with the place of what is wrong."""
        read = Fields.of(data, "trace")
        cls.check_version(data, "trace")
        side = read.choice("side", SIDES)
        subject, run = read.fields("subject"), read.fields("run")
        return cls(
            side=side,
            engine=read.mapping("engine"),
            path=subject.text("path"),
            name=subject.text("name"),
            logical_date=read.optional("logical_date", str),
            run_state=run.choice("state", RUN_STATES),
            reason=run.optional("reason", str),
            tasks=tuple(
                TaskTrace.from_json(one, position, side)
                for position, one in enumerate(read.items("tasks"))
            ),
            callbacks=tuple(_callback(one, at) for at, one in enumerate(read.items("callbacks"))),
            start_date=subject.optional("start_date", str),
            schedule=subject.optional("schedule", dict),
            asked_for=read.optional("asked_for", dict) or {},
        )

    @staticmethod
    def check_version(data: Json, place: str) -> None:
        """Raise `TraceError` for a document of another version of the schema."""
        if data.get("version") != VERSION:
            raise TraceError(
                f"{place}.version: expected {VERSION}, found {data.get('version')!r}: "
                "record it again with the recorder of this version of dagferry"
            )

    @property
    def airflow_version(self) -> int | None:
        """Airflow's major version, whether it ran or was emulated."""
        name, _, major = str(self.engine.get("emulates", "")).partition(" ")
        return int(major) if name == "airflow" and major.isdecimal() else None

    def is_of(self, logical_date: str) -> bool:
        """Whether the run was for this date (ISO; UTC where it says no zone)."""
        return self.logical_date is not None and moment(self.logical_date) == moment(logical_date)


def moment(text: str) -> datetime:
    """An ISO date as a moment, in UTC where it says no zone."""
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def _returned(data: Json, place: str) -> Returned | None:
    if data is None:
        return None
    if set(data) != {"value"}:
        raise TraceError(f"{place}.result: expected {{'value': ...}} or null, found {data!r}")
    return Returned(data["value"])


def _stubbed(data: Json, calls: int, place: str) -> tuple[bool, ...]:
    """Whether a stub answered, for each call; engines that know no stubs do not write it."""
    found = data.get("stubbed", [False] * calls)
    fits = isinstance(found, list) and len(found) == calls
    if not fits or not all(isinstance(one, bool) for one in found):
        raise TraceError(f"{place}.stubbed: expected a bool for each call, found {found!r}")
    return tuple(found)


def _earlier(positions: tuple[int, ...], own: int, place: str) -> tuple[int, ...]:
    wrong = [one for one in positions if not 0 <= one < own]
    if wrong:
        raise TraceError(f"{place}: refers to run {wrong[0]}, which was not created before it")
    return positions


def _callback(data: Json, at: int) -> Callback:
    read = Fields.of(data, f"callbacks[{at}]")
    return Callback(
        scope=read.choice("scope", ("task", "run")),
        task_id=read.optional("task_id", str),
        map_index=read.integer("map_index"),
        event=read.text("event"),
        name=read.text("name"),
        error=read.optional("error", str),
        prints=None if (prints := read.optional("prints", list)) is None else tuple(prints),
    )
