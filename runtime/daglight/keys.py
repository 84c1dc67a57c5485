"""Ids of DAGs, tasks and groups: which text is allowed.

Rule observed in Airflow 2.11.2: letters, digits, dashes, dots and underscores, at most 250
characters.
"""

from __future__ import annotations

import re
from typing import Any

from daglight.exceptions import AirflowException
from daglight.scope import scope

__all__ = ["check_key", "next_free"]

_KEY = re.compile(r"^[\w.-]+$")
_LONGEST = 250


def check_key(key: Any) -> str:
    """The key itself; TypeError when it is no text, Airflow's refusal when it is no key."""
    if not isinstance(key, str):
        raise TypeError(f"The key has to be a string and is {type(key)}:{key}")
    if len(key) > _LONGEST or not _KEY.match(key):
        raise (ValueError if scope.airflow_3 else AirflowException)(_refusal(key))
    return key


def _refusal(key: str) -> str:
    if len(key) > _LONGEST:
        return f"The key: {key!r} has to be less than {_LONGEST} characters, not {len(key)}"
    comma = "," if scope.airflow_3 else ""
    return (
        f"The key {key!r} has to be made of alphanumeric characters, "
        f"dashes, dots{comma} and underscores exclusively"
    )


def next_free(name: str, full_id: str, taken: set[str]) -> str:
    """`name`, or `name__1`, `name__2` … when `full_id` (the name with its group) is taken."""
    if full_id not in taken:
        return name
    core, full_core = (re.split(r"__\d+$", text)[0] for text in (name, full_id))
    pattern = re.compile(re.escape(full_core) + r"__(\d+)$")
    numbers = [int(found[1]) for found in map(pattern.match, taken) if found]
    return f"{core}__{max(numbers, default=0) + 1}"
