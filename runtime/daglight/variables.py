"""`Variable`: settings from the environment (`AIRFLOW_VAR_NAME`) and from a file.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/howto/variable.html; the environment
wins.
"""

from __future__ import annotations

import json
import os
from typing import Any

from daglight.asked import asked
from daglight.exceptions import AirflowRuntimeError
from daglight.known import known_as
from daglight.not_set import NOTSET
from daglight.scope import scope

__all__ = ["SdkVariable", "Variable", "VariableAccess"]

_UNSET: Any = object()
_stored: dict[str, str] = {}


@known_as("Variable")
class Variable:
    """`airflow.models.Variable` and `airflow.sdk.Variable`."""

    @classmethod
    def get(
        cls,
        key: str,
        default_var: Any = _UNSET,
        deserialize_json: bool = False,
        default: Any = _UNSET,
    ) -> Any:
        """The text of a variable, or its JSON value; KeyError without it and without a default."""
        text = os.environ.get(f"AIRFLOW_VAR_{key.upper()}", _stored.get(key))
        if text is None:
            given = default_var if default is _UNSET else default
            asked.variable(
                key, as_json=deserialize_json, default=None if given is _UNSET else given
            )
        if text is not None:
            found = _value(text) if deserialize_json else text
            if found is not _UNSET:
                return found
        fallback = default_var if default is _UNSET else default
        if fallback is _UNSET:
            raise _missing(key)
        return fallback

    @classmethod
    def set(
        cls, key: str, value: Any, description: str | None = None, serialize_json: bool = False
    ) -> None:
        """Store a variable for the rest of the run."""
        _ = description
        if scope.airflow_3 and not serialize_json and not isinstance(value, (str, type(None))):
            # Observed in 3.3.2: refused by the server that tasks send it to.
            raise ValueError(
                f"Variable {key}: expected a text, or serialize_json=True; found {value!r}"
            )
        _stored[key] = json.dumps(value, indent=2) if serialize_json else str(value)

    @classmethod
    def setdefault(
        cls, key: str, default: Any, description: str | None = None, deserialize_json: bool = False
    ) -> Any:
        """The value, stored first when there is none."""
        found = cls.get(key, None, deserialize_json)
        if found is None:
            cls.set(key, default, description, serialize_json=deserialize_json)
            return default
        return found

    @classmethod
    def delete(cls, key: str) -> int:
        """Forget a variable; how many were forgotten."""
        return 0 if _stored.pop(key, None) is None else 1


class SdkVariable(Variable):
    """`airflow.sdk.Variable`, whose default has another name."""

    @classmethod
    def get(  # type: ignore[override]
        cls, key: str, default: Any = _UNSET, deserialize_json: bool = False
    ) -> Any:
        """The text of a variable, or its JSON value; AirflowRuntimeError without it."""
        return Variable.get(key, default, deserialize_json)

    @classmethod
    def delete(cls, key: str) -> None:  # type: ignore[override]
        """Forget a variable."""
        Variable.delete(key)


SdkVariable.__name__ = "Variable"  # which messages of Python show
SdkVariable.get.__func__.__qualname__ = "Variable.get"  # type: ignore[attr-defined]


def _value(text: str) -> Any:
    """The JSON value; in a task, Airflow 3.3.2 takes what is no JSON for missing (observed)."""
    try:
        return json.loads(text)
    except ValueError:
        if scope.airflow_3 and scope.contexts:
            return _UNSET
        raise


def _missing(key: str) -> Exception:
    if not scope.airflow_3:
        return KeyError(f"Variable {key} does not exist")
    if not scope.contexts:
        return KeyError(f"Variable {key} does not exist.")
    detail = {"message": f"Variable {key} not found"}
    return AirflowRuntimeError(f"VARIABLE_NOT_FOUND: {detail}")


class VariableAccess:
    """`{{ var.value.name }}` and `{{ var.json.name.part }}` in templates."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Variable.get(name, deserialize_json=self._as_json)

    def get(self, key: str, default: Any = _UNSET) -> Any:
        """The value, or a default; without both, KeyError, in Airflow 3.3.2 a `NOTSET` (observed)."""
        if default is _UNSET and scope.airflow_3:
            default = NOTSET
        return Variable.get(key, default, deserialize_json=self._as_json)
