"""Airflow's variables, kept as Prefect's."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

from prefect.variables import Variable as PrefectVariable

__all__ = ["Variable"]

# What stands for "not given" where None is a value.
ABSENT: Any = object()


class Variable:
    """Airflow's variables, kept as Prefect's.

    Airflow's are text; a Prefect variable that holds anything else is given as the
    JSON text of it.
    """

    @classmethod
    def get(
        cls,
        key: str,
        default_var: Any = ABSENT,
        deserialize_json: bool = False,
        *,
        default: Any = ABSENT,
    ) -> Any:
        """The value of `key`; a missing one without a default raises KeyError.

        The default is `default_var` in Airflow 2 and `default` in Airflow 3.
        """
        value: Any = PrefectVariable.get(prefect_name(key))
        if value is None:
            fallback = default_var if default is ABSENT else default
            if fallback is ABSENT:
                raise KeyError(f"Variable {key} does not exist")
            return fallback
        if deserialize_json:
            return json.loads(value) if isinstance(value, str) else value
        return value if isinstance(value, str) else json.dumps(value)

    @classmethod
    def set(cls, key: str, value: Any, *, serialize_json: bool = False) -> None:
        """Keep `value` as text, or as JSON."""
        text = json.dumps(value, indent=2) if serialize_json else str(value)
        PrefectVariable.set(prefect_name(key), text, overwrite=True)


class VariablesInTemplates:
    """`var.value.x` and `var.json.x` of templates."""

    def __init__(self, *, deserialize_json: bool = False) -> None:
        self._deserialize_json = deserialize_json

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__"):
            raise AttributeError(key)
        return self.get(key)

    def get(self, key: str, default: Any = ABSENT) -> Any:
        """The value of a variable, or the default."""
        return Variable.get(key, default, self._deserialize_json)


def prefect_name(key: str) -> str:
    """The name that Prefect keeps the Airflow variable `key` under.

    Prefect's names are lowercase letters, digits, dashes and underscores. Any other key
    is written so, with its checksum behind it, so that `ENV` and `env` stay two
    variables: `ENV` is kept as `env-65e20073`.
    """
    if re.fullmatch(r"[a-z0-9_-]+", key):
        return key
    plain = re.sub(r"[^a-z0-9_-]", "_", key.lower())
    return f"{plain}-{zlib.crc32(key.encode()):08x}"
