"""The saved blocks: each a type, a name and encrypted JSON.

All of the JSON is encrypted, not only what is marked as secret.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from uuid import UUID, uuid4

from flowlight.store.database import reading, writing
from flowlight.store.encryption import decrypt, encrypt

__all__ = ["Document", "NameTaken", "create", "delete", "find", "find_by_id", "list_all", "update"]


class NameTaken(Exception):  # noqa: N818  # a condition that the caller turns into an error
    """There is a block of this type and name."""


@dataclass(frozen=True)
class Document:
    """One saved block; a repr does not show what it holds."""

    id: UUID
    type: str
    name: str
    _data: bytes

    def data(self) -> dict[str, Any]:
        """The fields, decrypted."""
        fields: dict[str, Any] = json.loads(decrypt(self._data))
        return fields

    def __repr__(self) -> str:
        return f"Document({self.type}/{self.name})"


def create(kind: str, name: str, data: dict[str, Any], id: UUID | None = None) -> UUID:  # noqa: A002
    """Keep a new block; `NameTaken` when its name is in use for its type."""
    id = id or uuid4()  # noqa: A001  # the name is Prefect's
    row = (str(id), kind, name, encrypt(json.dumps(data)), _now())
    try:
        with writing() as database:
            database.execute("INSERT INTO blocks VALUES (?, ?, ?, ?, ?)", row)
    except sqlite3.IntegrityError:
        raise NameTaken(f"{kind}/{name}") from None
    return id


def update(id: UUID, data: dict[str, Any]) -> None:  # noqa: A002
    """Replace what a block holds."""
    with writing() as database:
        database.execute(
            "UPDATE blocks SET data = ?, updated = ? WHERE id = ?",
            (encrypt(json.dumps(data)), _now(), str(id)),
        )


def find(kind: str, name: str) -> Document | None:
    """The block of this type and name."""
    return _one("SELECT id, type, name, data FROM blocks WHERE type = ? AND name = ?", kind, name)


def find_by_id(id: UUID) -> Document | None:  # noqa: A002
    """The block of this id."""
    return _one("SELECT id, type, name, data FROM blocks WHERE id = ?", str(id))


def delete(id: UUID) -> None:  # noqa: A002
    """Forget a block."""
    with writing() as database:
        database.execute("DELETE FROM blocks WHERE id = ?", (str(id),))


def list_all() -> list[tuple[str, str]]:
    """Types and names, in order."""
    with reading() as database:
        return database.execute("SELECT type, name FROM blocks ORDER BY type, name").fetchall()


def _one(query: str, *values: str) -> Document | None:
    with reading() as database:
        row = database.execute(query, values).fetchone()
    return None if row is None else Document(UUID(row[0]), row[1], row[2], row[3])


def _now() -> str:
    return datetime.now(timezone.utc).isoformat()
