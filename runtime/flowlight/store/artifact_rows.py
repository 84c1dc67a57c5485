"""The rows of artifacts. What is read back has gone through JSON, as from Prefect's server."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from uuid import UUID, uuid4

from flowlight.store.database import reading, writing

__all__ = ["ArtifactRow", "create", "latest", "update"]

_COLUMNS = "id, key, type, description, data, metadata, flow_run_id, task_run_id, created, updated"


@dataclass(frozen=True)
class ArtifactRow:
    """An artifact as it was kept; times are aware and in UTC."""

    id: UUID
    key: str | None
    type: str | None
    description: str | None
    data: Any
    metadata_: dict[str, str] | None
    flow_run_id: UUID | None
    task_run_id: UUID | None
    created: datetime
    updated: datetime


def create(
    *,
    key: str | None,
    type: str | None,  # noqa: A002  # the name is Prefect's
    description: str | None,
    data: Any,
    metadata: dict[str, str] | None,
    flow_run_id: UUID | None,
    task_run_id: UUID | None,
) -> ArtifactRow:
    """Keep a new artifact."""
    ident, now = uuid4(), datetime.now(timezone.utc).isoformat()
    row = (
        *(str(ident), key, type, description, _dumped(data), json.dumps(metadata)),
        *(_text(flow_run_id), _text(task_run_id), now, now),
    )
    with writing() as database:
        database.execute(
            f"INSERT INTO artifacts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            row,
        )
    return _artifact(row)


def latest(key: str | None) -> ArtifactRow | None:
    """The artifact of this key, or of any, that was changed last."""
    where, values = ("", ()) if key is None else ("WHERE key = ?", (key,))
    query = f"SELECT {_COLUMNS} FROM artifacts {where} ORDER BY updated DESC, number DESC LIMIT 1"  # noqa: S608
    with reading() as database:
        row = database.execute(query, values).fetchone()
    return None if row is None else _artifact(row)


def update(id: UUID, data: Any, description: str | None) -> bool:  # noqa: A002
    """Change what an artifact holds; False when there is none. No description leaves it."""
    now = datetime.now(timezone.utc).isoformat()
    with writing() as database:
        done = database.execute(
            "UPDATE artifacts SET data = ?, updated = ?, description = coalesce(?, description)"
            " WHERE id = ?",
            (_dumped(data), now, description or None, str(id)),
        )
        return done.rowcount > 0


def _dumped(data: Any) -> str:
    """As JSON; a whole number comes back without its point, as from Prefect's server."""
    whole = isinstance(data, float) and data.is_integer()
    return json.dumps(int(data) if whole else data)


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _id(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


def _artifact(row: Any) -> ArtifactRow:
    ident, key, kind, description, data, metadata, flow_run, task_run, created, updated = row
    return ArtifactRow(
        id=UUID(ident),
        key=key,
        type=kind,
        description=description,
        data=json.loads(data),
        metadata_=json.loads(metadata),
        flow_run_id=_id(flow_run),
        task_run_id=_id(task_run),
        created=datetime.fromisoformat(created),
        updated=datetime.fromisoformat(updated),
    )
