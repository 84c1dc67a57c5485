"""The rows of deployments and runs that wait, changed inside of a transaction of the store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from flowlight import names
from flowlight.deployments.deployment import RunnerDeployment
from flowlight.deployments.parameter_values import as_json
from flowlight.deployments.store import to_text

__all__ = ["OPEN", "at_its_limit", "insert", "row_of", "set_paused"]

OPEN = "('PENDING', 'RUNNING')"


def row_of(change: sqlite3.Connection, deployment: RunnerDeployment) -> sqlite3.Row | None:
    """What is known of the deployment."""
    query = "SELECT * FROM deployments WHERE name = ?"
    row: sqlite3.Row | None = change.execute(query, (deployment.full_name,)).fetchone()
    return row


def insert(
    change: sqlite3.Connection,
    deployment: RunnerDeployment,
    at: datetime,
    parameters: dict[str, object],
    key: str | None,
    automatic: bool = True,
    name: str | None = None,
    tags: Iterable[str] = (),
) -> None:
    """Write a run down, unless there is one of this key."""
    change.execute(
        "INSERT OR IGNORE INTO runs (id, key, deployment, name, parameters, tags, due, automatic,"
        " state, state_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'SCHEDULED', 'Scheduled')",
        (
            str(uuid4()),
            key,
            deployment.full_name,
            name or names.made_up(),
            json.dumps(as_json(parameters)),
            json.dumps(sorted({*deployment.tags, *tags})),
            to_text(at),
            int(automatic),
        ),
    )


def at_its_limit(change: sqlite3.Connection, deployment: RunnerDeployment) -> bool:
    """Whether as many of its runs are open as may be."""
    if deployment.concurrency_limit is None:
        return False
    query = f"SELECT count(*) FROM runs WHERE deployment = ? AND state IN {OPEN}"  # noqa: S608
    count: int = change.execute(query, (deployment.full_name,)).fetchone()[0]
    return count >= deployment.concurrency_limit


def set_paused(change: sqlite3.Connection, name: str, paused: bool, at: datetime) -> bool:
    """Whether there is such a deployment. One that goes on does so from now, not from then.

    As in Prefect, scheduled runs that did not start are given up with the schedule.
    """
    found = change.execute(
        "UPDATE deployments SET paused = ?, known_until = ? WHERE name = ?",
        (int(paused), to_text(at), name),
    )
    if paused:
        change.execute(
            "UPDATE runs SET state = 'CANCELLED', state_name = 'Cancelled', ended = ?,"
            " message = 'The deployment was paused before this run started.'"
            " WHERE deployment = ? AND state = 'SCHEDULED' AND automatic = 1",
            (to_text(at), name),
        )
    return found.rowcount == 1
