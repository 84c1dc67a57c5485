"""Airflow's `dag`, `dag_run` and `task`, with what of them there is in a flow."""

from __future__ import annotations

import types
from typing import Any

__all__ = ["NoConversionError"]


class NoConversionError(NotImplementedError, AttributeError):
    """What Airflow's object has and that of a flow has not; `hasattr` says so, too."""


def lacking(owner: str, name: str) -> AttributeError:
    """The error for an attribute that is not there."""
    if name.startswith("__"):
        return AttributeError(name)
    return NoConversionError(f"`{owner}.{name}` of Airflow has no conversion (DF410)")


class AirflowObject(types.SimpleNamespace):
    """An object of Airflow's with some of its attributes; the others raise."""

    def __init__(self, called: str, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.__dict__["_called"] = called

    def __getattr__(self, name: str) -> Any:
        raise lacking(self.__dict__.get("_called", ""), name)
