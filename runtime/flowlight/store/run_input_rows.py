"""The rows of what was sent to flow runs, in the order in which it came."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from uuid import UUID

from flowlight.store.database import reading, writing

__all__ = ["RunInputRow", "add", "first"]


@dataclass(frozen=True)
class RunInputRow:
    """One input: what was sent, under which key, and by whom."""

    key: str
    value: dict[str, Any]
    sender: str | None


def add(flow_run_id: UUID, key: str, value: str, sender: str | None) -> None:
    """Keep an input; `value` is an object of JSON as text."""
    row = (str(flow_run_id), key, value, sender, datetime.now(timezone.utc).isoformat())
    with writing() as database:
        database.execute(
            "INSERT INTO run_inputs (flow_run_id, key, value, sender, created)"
            " VALUES (?, ?, ?, ?, ?)",
            row,
        )


def first(flow_run_id: UUID, key_prefix: str, but: Collection[str]) -> RunInputRow | None:
    """The oldest input of the run whose key starts so, and is none of `but`."""
    with reading() as database:
        rows = database.execute(
            "SELECT key, value, sender FROM run_inputs WHERE flow_run_id = ? ORDER BY number",
            (str(flow_run_id),),
        )
        for key, value, sender in rows:
            if key.startswith(key_prefix) and key not in but:
                return RunInputRow(key, json.loads(value), sender)
    return None
