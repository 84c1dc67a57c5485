"""The deployments that the store knows: written by `apply` and `serve`, read by all others."""

from __future__ import annotations

import json
import sqlite3
import uuid
from typing import Any
from uuid import UUID

from flowlight.deployments.deployment import RunnerDeployment
from flowlight.deployments.deployment_schedules import DeploymentScheduleCreate
from flowlight.deployments.parameter_values import as_json
from flowlight.deployments.store import Store, default_path
from flowlight.runs import DeploymentFacts

__all__ = ["facts", "find", "known_here", "register", "restored", "write"]

_here: dict[str, RunnerDeployment] = {}


def register(deployment: RunnerDeployment, store: Store | None = None) -> UUID:
    """Write the deployment down; its id stays the same when it is written again."""
    store = store or Store(default_path())
    with store.changing() as change:
        found = write(change, deployment)
    _here[deployment.full_name] = _here[str(found)] = deployment
    return found


def write(change: sqlite3.Connection, deployment: RunnerDeployment) -> UUID:
    """As `register`, inside of a transaction; `known_until` is left as it is."""
    change.execute(
        "INSERT INTO deployments (name, id, document, paused) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET document = excluded.document, paused = excluded.paused",
        (
            deployment.full_name,
            str(uuid.uuid4()),
            json.dumps(document(deployment)),
            int(bool(deployment.paused)),
        ),
    )
    row = change.execute("SELECT id FROM deployments WHERE name = ?", (deployment.full_name,))
    return UUID(row.fetchone()["id"])


def document(deployment: RunnerDeployment) -> dict[str, Any]:
    """The deployment as JSON."""
    found = deployment.model_dump(mode="json", exclude={"parameters", "schedules"})
    return {
        **found,
        "parameters": as_json(deployment.parameters),
        "schedules": [each.model_dump(mode="json") for each in deployment.schedules or []],
        "path": deployment._path,
        "schema": deployment._parameter_openapi_schema.model_dump(exclude_unset=True),
    }


def restored(document: dict[str, Any]) -> RunnerDeployment:
    """The deployment that was written down; its flow is not loaded."""
    fields = {key: value for key, value in document.items() if key not in ("path", "schema")}
    fields["schedules"] = [DeploymentScheduleCreate(**each) for each in fields["schedules"]]
    made = RunnerDeployment(**fields)
    made._path = document["path"]
    made._parameter_openapi_schema = type(made._parameter_openapi_schema)(**document["schema"])
    return made


def known_here(name: str) -> RunnerDeployment | None:
    """A deployment that this process made, with its flow."""
    return _here.get(name)


def find(name: str, store: Store) -> RunnerDeployment | None:
    """A deployment by its full name or its id."""
    rows = store.read("SELECT document FROM deployments WHERE name = ? OR id = ?", name, name)
    return restored(json.loads(rows[0]["document"])) if rows else None


def facts(store: Store, name: str) -> DeploymentFacts | None:
    """What `prefect.runtime.deployment` says in a run of the deployment."""
    rows = store.read("SELECT id, document FROM deployments WHERE name = ?", name)
    if not rows:
        return None
    known = json.loads(rows[0]["document"])
    return DeploymentFacts(rows[0]["id"], known["name"], known["version"])
