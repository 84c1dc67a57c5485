"""Files of variables and of connections, as `airflow variables export` and its kin write them.

Formats: https://airflow.apache.org/docs/apache-airflow/stable/security/secrets/secrets-backend/local-filesystem-secrets-backend.html:
`.json`, `.yaml`, `.yml` and `.env` (one `NAME=value` a line); without such an ending, JSON.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from daglight.connections import Connection, store_connection
from daglight.errors import UsageError
from daglight.exceptions import AirflowException
from daglight.variables import Variable

__all__ = ["load_connections", "load_variables"]


def load_variables(path: str) -> None:
    """Store the variables of a file; UsageError when it can not be read as one."""
    for name, value in _read(path, "variables").items():
        if isinstance(value, dict) and value.keys() == {"value", "description"}:
            value = value["value"]
        Variable.set(name, value, serialize_json=not isinstance(value, str))


def load_connections(path: str) -> None:
    """Store the connections of a file; UsageError names the one that is none."""
    for conn_id, value in _read(path, "connections").items():
        store_connection(_checked(path, conn_id, value))


def _checked(path: str, conn_id: str, value: Any) -> Connection:
    try:
        return _connection(conn_id, value)
    except (AirflowException, TypeError, ValueError) as error:
        raise UsageError(f"{path}: connection {conn_id!r}: {error}") from None


def _connection(conn_id: str, value: Any) -> Connection:
    if isinstance(value, str):
        text = value.strip()
        if text.startswith("{"):
            return Connection.from_json(text, conn_id=conn_id)
        return Connection(conn_id=conn_id, uri=text)
    if not isinstance(value, dict):
        raise TypeError(f"expected a URI or an object, found {type(value).__name__}")
    fields = dict(value)
    if fields.pop("conn_id", conn_id) != conn_id:
        raise ValueError(f"its conn_id is {value['conn_id']!r}")
    if "extra_dejson" in fields:
        fields["extra"] = fields.pop("extra_dejson")
    return Connection(conn_id=conn_id, **fields)


def _read(path: str, what: str) -> dict[str, Any]:
    reader = _READERS.get(Path(path).suffix.lower(), json.loads)
    try:
        found = reader(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: expected a file of {what}, {error}") from None
    if not isinstance(found, dict):
        raise UsageError(
            f"{path}: expected an object of {what} by name, found {type(found).__name__}"
        )
    return found


def _yaml(text: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


def _env(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name:
            raise ValueError(f"line {number}: expected NAME=value, found {line!r}")
        if name in found:
            raise ValueError(f"line {number}: {name} stands there a second time")
        found[name] = value
    return found


_READERS = {".env": _env, ".yaml": _yaml, ".yml": _yaml}
