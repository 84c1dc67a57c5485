"""`Connection`: where services are, from the environment (`AIRFLOW_CONN_NAME`) and from a file.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/howto/connection.html; the environment
wins.
"""

from __future__ import annotations

import copy
import json
import logging
import os
from typing import Any

from daglight.connection_uri import normal_type, parts_of, uri_of
from daglight.exceptions import AirflowException, AirflowNotFoundException
from daglight.known import known_as
from daglight.scope import scope

__all__ = [
    "Connection",
    "ConnectionAccess",
    "ModelConnection",
    "find_connection",
    "store_connection",
]

_FIELDS = (
    "conn_id", "conn_type", "description", "host", "login", "password", "schema", "port",
)  # fmt: skip
#: What Airflow 3 shows of a connection of a task, in that order.
_SHOWN = (
    "conn_id", "conn_type", "description", "host", "schema", "login", "password", "port", "extra",
)  # fmt: skip
_stored: dict[str, Connection] = {}


@known_as("Connection")
class Connection:
    """`airflow.sdk.Connection`, and what tasks are given."""

    _of_models = False

    def __init__(
        self,
        conn_id: str | None = None,
        conn_type: str | None = None,
        description: str | None = None,
        host: str | None = None,
        login: str | None = None,
        password: str | None = None,
        schema: str | None = None,
        port: int | None = None,
        extra: str | dict[str, Any] | None = None,
        uri: str | None = None,
    ) -> None:
        given = (conn_type, host, login, password, schema, port, extra)
        if uri and any(given):
            space = " " if scope.airflow_3 and not self._of_models else ""
            raise AirflowException(
                "You must create an object using the URI or individual values "
                f"(conn_type, host, login, password, schema, port or extra).{space}"
                "You can't mix these two ways to create this object."
            )
        self.conn_id, self.description = conn_id, description
        self.conn_type, self.host, self.login, self.password = conn_type, host, login, password
        self.schema, self.port = schema, port
        self.extra: str | None = json.dumps(extra) if isinstance(extra, dict) else extra
        if uri or (uri is not None and scope.airflow_3 and not self._of_models):
            self.__dict__.update(parts_of(str(uri), of_models=self._of_models))
        if scope.airflow_3 and self._of_models:
            _check_extra(self)

    @classmethod
    def get(cls, conn_id: str) -> Connection:
        """The connection of that id; AirflowNotFoundException without it."""
        return find_connection(conn_id)

    @classmethod
    def from_json(cls, value: str, conn_id: str | None = None) -> Connection:
        """A connection from JSON text; ValueError when the port is no number."""
        given = json.loads(value)
        if given.get("conn_type"):
            given["conn_type"] = normal_type(given["conn_type"])
        if given.get("port"):
            given["port"] = _port(given["port"])
        if not given.get("extra"):
            given.pop("extra", None)
        return cls(conn_id=conn_id, **given)

    @property
    def extra_dejson(self) -> Any:
        """The extra as a dict; empty when there is none or it is no JSON."""
        try:
            return json.loads(self.extra) if self.extra else {}
        except ValueError:
            logging.getLogger(__name__).exception("Failed parsing the json for conn_id %s", self)
            return {}

    def get_extra_dejson(self, nested: bool = False) -> Any:
        """The extra as a dict; with `nested`, JSON texts in it are read too."""
        extra = self.extra_dejson
        return {key: _nested(value) for key, value in extra.items()} if nested else extra

    def get_uri(self) -> str:
        """The connection as a URI."""
        return uri_of(self)

    def get_password(self) -> str | None:
        """The password."""
        return self.password

    def get_extra(self) -> Any:
        """The extra as text."""
        return self.extra

    def to_dict(self, *, prune_empty: bool = False, validate: bool = True) -> dict[str, Any]:
        """The fields by name, the extra as a dict; without those that are None if asked."""
        found = {name: getattr(self, name) for name in _FIELDS}
        if prune_empty:
            found = {name: value for name, value in found.items() if value is not None}
        if self.extra_dejson or not prune_empty:
            found["extra"] = self.extra_dejson
        if validate:
            json.dumps(found)
        return found

    def as_json(self) -> str:
        """The fields that are set, as JSON text."""
        found = self.to_dict(prune_empty=True, validate=False)
        found.pop("conn_id", None)
        return json.dumps(found)

    def get_hook(self, *, hook_params: dict[str, Any] | None = None) -> Any:
        """A stand-in for the hook of this type of connection, whose calls are recorded."""
        from daglight.provided import hook_of_type

        return hook_of_type(self, hook_params or {})

    def __repr__(self) -> str:
        if not scope.airflow_3 or self._of_models:
            return self.conn_id or ""
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in _SHOWN)
        return f"Connection({shown})"


class ModelConnection(Connection):
    """`airflow.models.Connection`; stricter in Airflow 3.3.2 than what tasks are given there."""

    _of_models = True


class ConnectionAccess:
    """`{{ conn.name.host }}` and `{{ conn.get("name") }}` in templates."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return find_connection(name)

    def get(self, key: str, default_conn: Any = None) -> Any:
        """The connection, or a default."""
        try:
            return find_connection(key)
        except AirflowNotFoundException:
            return default_conn


def find_connection(conn_id: str) -> Connection:
    """The connection of that id; AirflowNotFoundException without it."""
    text = os.environ.get(f"AIRFLOW_CONN_{conn_id.upper()}")
    if text:
        text = text.strip()
        if text.startswith("{"):
            return Connection.from_json(text, conn_id=conn_id)
        return Connection(conn_id=conn_id, uri=text)
    if conn_id not in _stored:
        raise AirflowNotFoundException(f"The conn_id `{conn_id}` isn't defined")
    found = copy.copy(_stored[conn_id])
    if scope.airflow_3:
        found.description = None  # observed in 3.3.2: tasks are not told
    return found


def store_connection(connection: Connection) -> None:
    """Keep a connection for the rest of the process."""
    _stored[str(connection.conn_id)] = connection


def _check_extra(connection: Connection) -> None:
    """ValueError when the extra is no JSON object, as Airflow 3 has it."""
    where = "connection None."  # observed: checked before it has its id
    try:
        extra = json.loads(connection.extra) if connection.extra else {}
    except ValueError:
        raise ValueError(f"Encountered non-JSON in `extra` field for {where}") from None
    if not isinstance(extra, dict):
        raise ValueError(
            "Encountered JSON value in `extra` which does not parse as a dictionary in "
            f"{where} The `extra` field must contain a JSON representation of a Python dict."
        )


def _port(value: Any) -> int:
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"Expected integer value for `port`, but got {value!r} instead.") from None


def _nested(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value
