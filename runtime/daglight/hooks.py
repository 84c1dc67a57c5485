"""`BaseHook`: what hooks of users are made of; connections come from environment and files.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/connections.html#hooks
"""

from __future__ import annotations

import logging
from typing import Any

from daglight.connections import Connection, find_connection
from daglight.known import known_as
from daglight.scope import scope

__all__ = ["BaseHook"]


@known_as("BaseHook")
class BaseHook:
    """The base of the user's hooks; hooks of providers only record their calls."""

    def __init__(self, logger_name: str | None = None) -> None:
        self._logger_name = logger_name

    @classmethod
    def get_connection(cls, conn_id: str) -> Connection:
        """The connection of that id; AirflowNotFoundException without it."""
        return find_connection(conn_id)

    @classmethod
    def get_connections(cls, conn_id: str) -> list[Connection]:
        """The connection in a list, as old code asks for it; Airflow 3 has no such method."""
        if scope.airflow_3:
            raise AttributeError(f"type object {cls.__name__!r} has no attribute 'get_connections'")
        return [cls.get_connection(conn_id)]

    @classmethod
    def get_hook(cls, conn_id: str, hook_params: dict[str, Any] | None = None) -> Any:
        """A stand-in for the hook of the connection's type."""
        return cls.get_connection(conn_id).get_hook(hook_params=hook_params)

    def get_conn(self) -> Any:
        """A client of the service; subclasses say which."""
        raise NotImplementedError

    @property
    def log(self) -> logging.Logger:
        """A logger; what goes there is not part of a trace."""
        name = f"{type(self).__module__}.{type(self).__name__}"
        return logging.getLogger(f"airflow.task.hooks.{self._logger_name or name}")
